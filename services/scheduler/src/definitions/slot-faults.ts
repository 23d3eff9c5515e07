import type { Fault } from '@daybook/shared/failures/errors'
import { durationMs } from '@daybook/shared/time/duration'
import { shortestGap } from '../calendar/shortest-gap.ts'
import { nextSlot } from '../calendar/slots.ts'
import { type Definition, recurrenceOf } from './definition.ts'
import { kinds } from './definition-schema.ts'

/** The fault of a definition without slots. */
export const neverFires =
  'never fires: there is no slot from now on, between start and end and outside of exclude'

/** The settings that a definition is checked against. */
export interface DefinitionRules {
  defaultTimeZone: string
  /** The setting SCHEDULE_MIN_INTERVAL_SECONDS, in milliseconds. */
  minInterval: number
}

/**
 * Finds the faults of a definition's slots: no slot is left, slots are too close to each other, or the jitter is longer than
 * the time between two slots.
 */
export function slotFaults(definition: Definition, { minInterval }: DefinitionRules, now: Date): Fault[] {
  const recurrence = recurrenceOf(definition, now)
  // A past `at` is valid: it fires at once.
  const after = 'at' in recurrence ? new Date(recurrence.at.getTime() - 1) : now
  const pointer = `/${kinds.find(kind => kind in definition)}`
  if (nextSlot(recurrence, after) === undefined) {
    return [{ pointer, detail: neverFires }]
  }
  const gap = shortestGap(recurrence, after)
  if (gap === undefined) return []
  const faults: Fault[] = []
  if (gap < minInterval) {
    const detail = `has slots only ${gap / 1000} s apart; the setting SCHEDULE_MIN_INTERVAL_SECONDS requires ${minInterval / 1000} s or more`
    faults.push({ pointer, detail })
  }
  if (definition.jitter !== undefined && (durationMs(definition.jitter) as number) > gap) {
    const detail = `must not be longer than the shortest time between two slots, which is ${gap / 1000} s`
    faults.push({ pointer: '/jitter', detail })
  }
  return faults
}
