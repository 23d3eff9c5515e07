import type { Tone } from '../../elements/mark.tsx'
import { durationText } from '../../time/duration-text.ts'
import type { Schedule } from './schedule.ts'

export const states = ['active', 'late', 'paused', 'ended'] as const
export type State = (typeof states)[number]

export const tones: Record<State, Tone> = { active: 'good', late: 'bad', paused: 'idle', ended: 'idle' }

// The scheduler counts a slot as missed when it fires later than that.
export const MISSED_AFTER_MS = 60_000

/** @param now by the server's clock, in milliseconds since 1970 */
export function stateOf({ definition, nextFireAt }: Schedule, now: number): State {
  if (definition?.paused) return 'paused'
  if (nextFireAt === null) return 'ended'
  return now - Date.parse(nextFireAt) > MISSED_AFTER_MS ? 'late' : 'active'
}

export const sentences: Record<State, string> = {
  active: 'It fires at its next slot.',
  late: 'Its next slot is over, and it has not fired: the scheduler does not run, or cannot store or publish.',
  paused: 'It is paused: it does not fire, and the slots of the pause are not fired later.',
  ended: 'It has no slot left.',
}

/** How many slots did not fire. */
export const notFired = ({ stats: { missed, caughtUp } }: Schedule): number => missed - caughtUp

/** How the last firing went, in words; undefined when nothing has fired. */
export function lastWords({ stats: { lateMs } }: Schedule): { tone: Tone; words: string } | undefined {
  return lateMs === null ? undefined : latenessWords(lateMs)
}

export const latenessWords = (lateMs: number): { tone: Tone; words: string } =>
  lateMs > MISSED_AFTER_MS
    ? { tone: 'warning', words: `${durationText(lateMs)} late` }
    : { tone: 'good', words: 'on time' }

/** Why slots did not fire, by what the definition says about missed ones. */
export function whyNotFired({ definition }: Schedule): string {
  const missed = 'They were due while the scheduler did not run, or the slots had passed when it was defined.'
  switch (definition?.catchUp) {
    case 'none':
      return `${missed} This schedule lets missed slots go (catch up: none).`
    case 'latest':
      return `${missed} Of several missed slots this schedule fires the latest only (catch up: latest).`
    default:
      return `${missed} Slots that are missed by more than ${definition?.catchUpWindow ?? 'the window'} do not fire (catch-up window).`
  }
}
