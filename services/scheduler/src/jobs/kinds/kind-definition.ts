import { durationMs } from '@daybook/shared/time/duration'
import type { Static } from 'typebox'
import { present } from '../stored/present.ts'
import { defaultKind, type Kind, type Rate } from './kind.ts'
import type { KindBody } from './kind-schema.ts'
import type { RateBody } from './limit-schema.ts'

/** What an operator writes about a kind. */
export type KindDefinition = Static<typeof KindBody>

/** How wide start intervals are by default: a tenth of the rate's time, but 100 ms to 1 s. */
const windowOf = (perMs: number) => Math.min(1000, Math.max(100, perMs / 10))

const ms = (duration: string) => durationMs(duration) as number
const msOr = (duration: string | undefined, other: number) => (duration === undefined ? other : ms(duration))

/** The rate of a definition without faults. */
export function toRate({ limit, per, burst = 1, window }: Static<typeof RateBody>): Rate {
  const perMs = ms(per)
  return { limit, perMs, burst, windowMs: msOr(window, windowOf(perMs)) }
}

/** The rules of a kind. Its defaults are those of `defaultKind`. */
export function toKind(name: string, version: number, definition: KindDefinition): Kind {
  const { schema, attempts, backoff = {}, rate, inFlight, perKey, expires, mailTo, limits } = definition
  const given = {
    schema,
    inFlight,
    perKey,
    rate: rate && toRate(rate),
    expiresMs: expires === undefined ? undefined : ms(expires),
  }
  const { initialMs, factor, capMs, jitter } = defaultKind.backoff
  const first = msOr(backoff.initial, initialMs)
  return {
    name,
    version,
    lane: definition.lane ?? defaultKind.lane,
    attempts: attempts ?? defaultKind.attempts,
    backoff: {
      initialMs: first,
      factor: backoff.factor ?? factor,
      capMs: msOr(backoff.cap, Math.max(first, capMs)),
      jitter: backoff.jitter ?? jitter,
    },
    ...timeouts(definition),
    mailTo: mailTo ?? [],
    paused: definition.paused ?? false,
    claim: definition.claim ?? defaultKind.claim,
    limits: limits ?? [],
    ...present(given),
  }
}

// A handler is asked to end after this part of its time.
const SOFT_PART = 0.8

function timeouts({ timeout, softTimeout }: KindDefinition): Pick<Kind, 'timeoutMs' | 'softTimeoutMs'> {
  const timeoutMs = timeout === 'none' ? null : msOr(timeout, defaultKind.timeoutMs as number)
  if (softTimeout !== undefined) return { timeoutMs, softTimeoutMs: ms(softTimeout) }
  return { timeoutMs, softTimeoutMs: timeoutMs === null ? null : Math.round(timeoutMs * SOFT_PART) }
}
