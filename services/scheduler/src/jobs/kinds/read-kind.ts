import { DaybookError, type Fault, pointerTo } from '@daybook/shared/failures/errors'
import { durationMs } from '@daybook/shared/time/duration'
import { schemaFaults } from '@daybook/shared/validation/user-schema'
import type { Static } from 'typebox'
import { type KindDefinition, toKind } from './kind-definition.ts'
import type { RateBody } from './limit-schema.ts'
import type { LimitDefinition } from './shared-limit.ts'

/** The faults of kinds and limits that their JSON Schema cannot express, and those that it would express badly. */

/**
 * Returns the faults of a kind.
 * @param body as it was sent
 * @param sound those of its fields that its schema accepts
 */
export function kindFaults(body: object, sound: KindDefinition): Fault[] {
  const { schema, rate } = sound
  const inSchema = schema === undefined ? [] : schemaFaults(schema)
  return [
    ...zeroFaults(body),
    ...timeFaults(sound),
    ...(rate === undefined ? [] : rateFaults(rate)),
    ...inSchema.map(({ pointer, detail }) => ({ pointer: `/schema${pointer}`, detail })),
  ]
}

/** Returns the faults of a shared limit, see `kindFaults`. */
export function limitFaults(body: object, { rate }: LimitDefinition): Fault[] {
  const given = ['rate', 'inFlight'].filter(name => name in body)
  const detail = `must have exactly one of rate, inFlight; it has ${given.join(', ') || 'none'}`
  return [
    ...(given.length === 1 ? [] : [{ pointer: '', detail }]),
    ...zeroFaults(body),
    ...(rate === undefined ? [] : rateFaults(rate)),
  ]
}

/**
 * Refuses a body with faults. Of several faults with one pointer the first one is reported.
 * @throws DaybookError DAYBOOK_REQUEST_INVALID
 */
export function refuseFaults(faults: readonly Fault[]): void {
  if (faults.length === 0) return
  const first = new Map(faults.toReversed().map(fault => [fault.pointer, fault]))
  throw new DaybookError('DAYBOOK_REQUEST_INVALID', 'See errors: each points at what to change', {
    faults: [...first.values()].toReversed(),
  })
}

/** A limit of 0 is how people try to stop a kind. */
function zeroFaults(body: object): Fault[] {
  const { rate, inFlight, perKey } = body as {
    rate?: { limit?: unknown }
    inFlight?: unknown
    perKey?: unknown
  }
  const numbers = [
    { path: ['rate', 'limit'], value: rate?.limit },
    { path: ['inFlight'], value: inFlight },
    { path: ['perKey'], value: perKey },
  ]
  return numbers
    .filter(({ value }) => value === 0)
    .map(({ path }) => ({
      pointer: pointerTo(path),
      detail: 'must be 1 or more; to stop a kind for a time, set its field paused to true',
    }))
}

function timeFaults(definition: KindDefinition): Fault[] {
  const { backoff, timeoutMs, softTimeoutMs } = toKind('', 1, definition)
  const faults: Fault[] = []
  if (backoff.capMs < backoff.initialMs) {
    faults.push({ pointer: '/backoff/cap', detail: 'must not be shorter than initial' })
  }
  if (timeoutMs !== null && softTimeoutMs !== null && softTimeoutMs > timeoutMs) {
    faults.push({ pointer: '/softTimeout', detail: 'must not be longer than timeout' })
  }
  return faults
}

function rateFaults({ per, window }: Static<typeof RateBody>): Fault[] {
  const isWide = window !== undefined && (durationMs(window) as number) > (durationMs(per) as number)
  return isWide ? [{ pointer: '/rate/window', detail: 'must not be longer than per' }] : []
}
