import { canonicalTimeZone, currentTimeZone } from '@daybook/shared/time/days'
import { durationMs } from '@daybook/shared/time/duration'
import type { Static } from 'typebox'
import type { CatchUp } from '../calendar/due-slots.ts'
import type { Timing } from '../calendar/firing-time.ts'
import type { Recurrence } from '../calendar/slots.ts'
import type { DefinitionBody } from './definition-schema.ts'

type Body = Static<typeof DefinitionBody>
type Excluded = NonNullable<Body['exclude']>[number]

/** A definition as it is stored: in one canonical spelling, with defaults filled in. */
export type Definition = Body & Required<Pick<Body, 'timeZone' | 'paused' | 'catchUp' | 'catchUpWindow'>>

/**
 * Makes the stored form of a definition.
 * @param body a body without faults
 */
export function toDefinition(body: Body, defaultTimeZone: string): Definition {
  const { cron, every, at, start, end, exclude, jitter, data, job } = body
  const instant = (text: string | undefined) =>
    text === undefined ? undefined : new Date(text).toISOString()
  const given = {
    cron,
    every,
    at: instant(at),
    start: instant(start),
    end: instant(end),
    exclude: exclude?.map(canonicalDates),
    jitter,
    data,
    job,
    overlap: job === undefined ? undefined : (body.overlap ?? 'skip'),
  }
  return {
    ...(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Body),
    timeZone: canonicalTimeZone(body.timeZone ?? defaultTimeZone) as string,
    paused: body.paused ?? false,
    catchUp: body.catchUp ?? 'all',
    catchUpWindow: body.catchUpWindow ?? 'P7D',
  }
}

function canonicalDates(one: Excluded): Excluded {
  const { from, to } = rangeOf(one)
  return from === to ? from : { from, to }
}

/**
 * Reads a stored definition.
 * @param stored holds the definition as JSON text
 * @returns the definition; its time zone has its current name, although an earlier version may have stored an older one
 */
export function definitionOf({ definition }: { definition: string }): Definition {
  const kept = JSON.parse(definition) as Definition
  return { ...kept, timeZone: currentTimeZone(kept.timeZone) }
}

/**
 * When a schedule fires, and what it does about missed slots.
 * @param anchor the instant from which `every` counts when there is no `start`
 */
export const timingOf = (name: string, definition: Definition, anchor: Date): Timing & CatchUp => ({
  name,
  recurrence: recurrenceOf(definition, anchor),
  jitter: definition.jitter === undefined ? 0 : (durationMs(definition.jitter) as number),
  catchUp: definition.catchUp,
  catchUpWindow: durationMs(definition.catchUpWindow) as number,
})

/**
 * The recurrence of a definition.
 * @param anchor the instant from which `every` counts when there is no `start`
 */
export function recurrenceOf(definition: Definition, anchor: Date): Recurrence {
  const { cron, every, at, timeZone, exclude = [] } = definition
  const start = definition.start === undefined ? undefined : new Date(definition.start)
  const bounds = {
    timeZone,
    ...(start === undefined ? {} : { start }),
    ...(definition.end === undefined ? {} : { end: new Date(definition.end) }),
    exclude: exclude.map(rangeOf),
  }
  if (cron !== undefined) return { ...bounds, cron }
  if (at !== undefined) return { ...bounds, at: new Date(at) }
  return { ...bounds, every: durationMs(every as string) as number, anchor: start ?? anchor }
}

/** Whether two definitions have the same slots. */
export const sameRecurrence = (a: Definition, b: Definition) =>
  samePattern(a, b) && boundsText(a) === boundsText(b)

/** Whether two definitions have the same slots when `end` and `exclude` are ignored. */
export const samePattern = (a: Definition, b: Definition) => patternText(a) === patternText(b)

// The time zone affects the slots only if the definition has a cron or excluded dates.

function patternText({ cron, every, at, start, timeZone }: Definition): string {
  const readIn = cron === undefined ? undefined : timeZone
  return JSON.stringify([cron, every && durationMs(every), at, start, readIn])
}

function boundsText({ end, exclude = [], timeZone }: Definition): string {
  const dates = exclude.map(rangeOf).map(({ from, to }) => `${from}/${to}`)
  return JSON.stringify([end, [...new Set(dates)].sort(), exclude.length > 0 ? timeZone : undefined])
}

const rangeOf = (one: Excluded) => (typeof one === 'string' ? { from: one, to: one } : one)
