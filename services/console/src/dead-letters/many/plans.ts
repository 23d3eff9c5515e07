import type { Problem } from '../../api/problem.ts'
import type { Command, Outcome, Plan } from '../../bulk/plan.ts'
import { now } from '../../time/clock.ts'
import type { LetterFilter, Replayed, Service } from '../letters/letter.ts'
import { deleteLetter, deleteMany, replayLetter, replayMany } from '../letters/requests.ts'
import { countLetters, countReplayable, dated, deleteAll } from './many.ts'
import { replayUpTo } from './replay-up-to.ts'

/** The commands of the page. */

const LATER = 'Letters that are parked later are not touched.'

/** Replays letters of a filter. @param words say which these are */
export function replayPlan(service: Service, filter: LetterFilter, words: string): Plan {
  const counted = dated(filter, now.peek())
  return {
    verb: 'Replay',
    words,
    thing: 'dead letter',
    later: LATER,
    canBeFewer: true,
    outcomeText: replayText,
    count: () => countReplayable(body => replayMany(service, body), counted),
    run: (_, most, tell) =>
      replayUpTo(body => replayMany(service, body), { filter: counted.filter, most }, tell),
  }
}

/** Deletes all letters of a filter. */
export function deletePlan(service: Service, filter: LetterFilter, words: string): Plan {
  const counted = dated(filter, now.peek())
  return {
    verb: 'Delete',
    words,
    thing: 'dead letter',
    later: LATER,
    warning: 'Their messages will never be handled. This cannot be undone.',
    outcomeText: deleteText,
    count: () => countLetters(body => deleteMany(service, body), counted),
    run: (_, __, tell) => deleteAll(body => deleteMany(service, body), counted.filter, tell),
  }
}

/** Replays one letter. */
export const replayCommand = (service: Service, id: string): Command => ({
  verb: 'Replay',
  words: id,
  outcomeText: replayText,
  async run() {
    const { data, error } = await replayLetter(service, id)
    return outcomeOf(data, error)
  },
})

/** Deletes one letter, which was asked before. */
export const deleteCommand = (service: Service, id: string): Command => ({
  verb: 'Delete',
  words: id,
  outcomeText: deleteText,
  async run() {
    const { error } = await deleteLetter(service, id)
    return error === undefined ? { done: 1, skipped: 0, failed: 0 } : outcomeOf(undefined, error)
  },
})

const reasons: Record<NonNullable<Replayed['reason']>, string> = {
  busy: 'Another replay has it now.',
  batch: 'It holds a batch that could not be decoded, so there is no message to handle.',
  gone: 'It was handled or deleted meanwhile.',
  interrupted: 'The time of the request was over.',
}

function outcomeOf(data: Replayed | undefined, problem: Problem | undefined): Outcome {
  const { result, reason, error } = data ?? {}
  return {
    done: result === 'handled' ? 1 : 0,
    skipped: result === 'skipped' ? 1 : 0,
    failed: result === 'failed' || data === undefined ? 1 : 0,
    reason: error ?? (reason && reasons[reason]),
    problem,
  }
}

const replayText = ({ done, failed, skipped }: Outcome) =>
  listed([
    [done, 'handled: their letters are removed'],
    [failed, 'failed again and stay, with the new error'],
    [skipped, 'skipped and stay as they were'],
  ])

const deleteText = ({ done, failed, skipped }: Outcome) =>
  listed([
    [done, 'deleted'],
    [failed, 'not deleted'],
    [skipped, 'skipped: a replay had them, or they were gone'],
  ])

/** Writes the counts that are not 0; the first one always. */
const listed = (counts: readonly (readonly [number, string])[]) =>
  counts
    .filter(([count], i) => i === 0 || count > 0)
    .map(([count, text]) => `${count.toLocaleString('en')} ${text}`)
    .join('; ')
