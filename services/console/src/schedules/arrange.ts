import type { Schedule } from './definition/schedule.ts'
import { type State, stateOf } from './definition/schedule-state.ts'
import { specOf, specWords } from './definition/spec-words.ts'

export interface Wanted {
  /** A part of the name, the time zone or the spec, in upper or lower case. */
  q: string
  state: State | undefined
  now: number
}

/** The schedules that match, what fires next first. */
export function arrange(all: readonly Schedule[], { q, state, now }: Wanted): Schedule[] {
  const text = q.toLowerCase()
  return all
    .filter(one => textOf(one).includes(text) && (state === undefined || stateOf(one, now) === state))
    .toSorted((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1))
}

const textOf = ({ name, timeZone, definition }: Schedule) =>
  [name, timeZone, definition && specOf(definition), definition && specWords(definition)]
    .join(' ')
    .toLowerCase()

// Those without a next firing come last.
const orderOf = ({ nextFireAt, name }: Schedule) => `${nextFireAt ?? '~'} ${name}`
