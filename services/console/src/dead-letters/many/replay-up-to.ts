import { cutOff } from '../../bulk/outcome.ts'
import type { Outcome, Tell } from '../../bulk/plan.ts'
import type { LetterFilter, Replayed } from '../letters/letter.ts'
import type { SendReplay } from './many.ts'

// A service has 20 seconds for a request, and a handler may need one for a letter.
const AT_ONCE = 25
// A service that stops interrupts one request, and the next one goes to another process.
const MOST_WITHOUT_PROGRESS = 2

/** Replays so many letters of a filter at most, oldest first. The next request begins with those that one had no time for. */
export async function replayUpTo(
  send: SendReplay,
  { filter, most }: { filter: LetterFilter; most: number },
  tell: Tell,
): Promise<Outcome> {
  const ended: Replayed[] = []
  let withoutProgress = 0
  let cursor: string | null | undefined
  while (cursor !== null) {
    const left = most - triedOf(ended)
    if (left === 0) break
    const limit = Math.min(AT_ONCE, left)
    const { data, error } = await send({ filter, limit, ...(cursor === undefined ? {} : { cursor }) })
    if (data === undefined) return cutOff(outcomeOf(ended), error)
    const inTime = data.results.filter(({ reason }) => reason !== 'interrupted')
    ended.push(...inTime)
    cursor = data.nextCursor
    const [first] = data.results
    withoutProgress = first !== undefined && inTime.length === 0 ? withoutProgress + 1 : 0
    if (withoutProgress === MOST_WITHOUT_PROGRESS) return { ...outcomeOf(ended), cut: tooSlow(first?.id) }
    const isStopped = !tell(triedOf(ended))
    if (isStopped && cursor !== null && triedOf(ended) < most) return { ...outcomeOf(ended), isStopped }
  }
  return outcomeOf(ended)
}

const tooSlow = (id = '') =>
  `The letter ${id} takes longer than a request has, or the service stops. It and those behind it were not handled.`

/** A letter that was skipped was not tried: another takes its place. */
const triedOf = (results: readonly Replayed[]) => results.filter(({ result }) => result !== 'skipped').length

function outcomeOf(results: readonly Replayed[]): Outcome {
  const countOf = (wanted: Replayed['result']) => results.filter(({ result }) => result === wanted).length
  const failed = results.find(({ result }) => result === 'failed')
  const sentences = [skippedText(results), failed && `The first error: ${failed.error}`].filter(Boolean)
  return {
    done: countOf('handled'),
    skipped: countOf('skipped'),
    failed: countOf('failed'),
    ...(sentences.length > 0 && { reason: sentences.join(' ') }),
  }
}

const skippedWords = {
  busy: 'in another replay',
  batch: 'with a batch that could not be decoded, which has no message to handle',
  gone: 'handled or deleted meanwhile',
} as const

/** Says why letters were skipped; undefined when none was. */
function skippedText(results: readonly Replayed[]): string | undefined {
  const counts = Object.entries(skippedWords).flatMap(([wanted, words]) => {
    const count = results.filter(({ reason }) => reason === wanted).length
    return count === 0 ? [] : [`${count.toLocaleString('en')} ${words}`]
  })
  return counts.length === 0 ? undefined : `Skipped: ${counts.join('; ')}.`
}
