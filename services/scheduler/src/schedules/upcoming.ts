import { endedDays } from '../calendar/day-ends.ts'
import { nextFiring } from '../calendar/due-slots.ts'
import { type Definition, definitionOf, timingOf } from '../definitions/definition.ts'
import { justBefore, nextState } from './next-state.ts'
import type { Schedule, UserSchedule } from './schedule.ts'
import { atProblem } from './validate-at.ts'

/** What comes of a schedule: for which instant, when, and which day ends then. */
export interface Coming {
  slot: Date
  fireAt: Date
  day?: string
}

const FOREVER = new Date(8.64e15)

/** The next firings of a schedule, at most `count`; of a paused one those that came if it was resumed now. */
export function preview(schedule: Schedule, count: number, now: Date): Coming[] {
  if (schedule.kind === 'user') return comingOf(schedule, count, now)
  const { ended } = endedDays(schedule, FOREVER, count)
  return ended.map(({ day, endedAt }) => ({ slot: endedAt, fireAt: endedAt, day }))
}

function comingOf(schedule: UserSchedule, count: number, now: Date): Coming[] {
  const definition = definitionOf(schedule)
  const timing = timingOf(schedule._id, definition, schedule.anchor)
  const first = definition.paused ? resumedSlot(schedule, definition, now) : schedule.nextSlot
  if (first === undefined) return []
  const coming: Coming[] = []
  let after = justBefore(first)
  while (coming.length < count) {
    const next = nextFiring(timing, after)
    if (next === undefined) break
    coming.push({ slot: next.nextSlot, fireAt: next.nextFireAt })
    after = next.nextSlot
  }
  return coming
}

function resumedSlot(paused: UserSchedule, definition: Definition, now: Date): Date | undefined {
  const resumed = { ...definition, paused: false }
  if (atProblem(paused._id, paused, resumed, now) !== undefined) return undefined
  return nextState(paused._id, paused, resumed, now).nextSlot
}
