import type { DeadLetter } from './dead-letter-model.ts'
import { isClaimed, type LetterClaims } from './letter-claim-store.ts'
import type { LetterList } from './letter-list-store.ts'
import type { LetterFilter, LetterPlace } from './letter-source-store.ts'
import type { Replay, Replayed } from './replay.ts'
import { beforeFirst, inOrder } from './replay-order.ts'

/** How far one request goes. */
interface Progress {
  /** The place after which the next request continues; undefined when no letter is left. */
  after: LetterPlace | undefined
}

/** What a replay of one letter would do, or has done. */
export type ReplayResult = Replayed | { id: string; result: 'matching' }

export interface ReplayRequest {
  after: LetterPlace | undefined
  limit: number
  /** Only say which letters would be replayed. */
  dryRun: boolean
  isOver: () => boolean
}

/** Commands for the letters of a filter, oldest first. */
export interface ManyLetters {
  /**
   * Replays letters one by one; those of a partition in the order of their offsets. Letters that it could not handle in time are
   * skipped as `interrupted`, and the next request begins with them.
   * @throws an outage
   */
  replay: (filter: LetterFilter, request: ReplayRequest) => Promise<Progress & { results: ReplayResult[] }>
  /** Deletes letters. @returns how many letters were found, and how many of them were deleted */
  remove: (
    filter: LetterFilter,
    request: Pick<ReplayRequest, 'after' | 'dryRun'>,
  ) => Promise<Progress & { found: number; deleted: number }>
}

const PAGE = 500
// One request takes a few seconds at most, so that its client and the proxies before it still wait for it. A search for text takes
// time for each letter, so the number of pages alone does not ensure that.
const MAX_PAGES = 20
const MAX_MS = 3000

const order = 'oldest first'
const replayable = ['group', 'topic', 'partition', 'offset', 'batch', 'claim'] as const

export function manyLetters(deps: { list: LetterList; claims: LetterClaims; replay: Replay }): ManyLetters {
  const { list, claims, replay } = deps
  return {
    async replay(filter, { after: from, limit, dryRun, isOver }) {
      const { letters, after } = await list.page(filter, { order, after: from, limit, fields: replayable })
      const results: ReplayResult[] = []
      for (const letter of inOrder(letters)) {
        if (dryRun) results.push(wouldReplay(letter))
        else if (isOver()) results.push({ id: letter._id, result: 'skipped', reason: 'interrupted' })
        else results.push(await replay(letter._id, isOver))
      }
      const interrupted = new Set(results.flatMap(result => (isInterrupted(result) ? result.id : [])))
      return { results, after: beforeFirst(letters, interrupted, from) ?? after }
    },
    async remove(filter, { after: from, dryRun }) {
      let [after, found, deleted] = [from, 0, 0]
      const end = performance.now() + MAX_MS
      for (let pages = 0; pages < MAX_PAGES && performance.now() < end; pages += 1) {
        const page = await list.page(filter, { order, after, limit: PAGE, fields: ['chunks'] })
        found += page.letters.length
        if (!dryRun && page.letters.length > 0) deleted += await claims.removeUnclaimed(page.letters)
        after = page.after
        if (after === undefined) break
      }
      return { found, deleted, after }
    },
  }
}

const isInterrupted = (result: ReplayResult) => result.result === 'skipped' && result.reason === 'interrupted'

function wouldReplay(letter: Pick<DeadLetter, '_id' | 'batch' | 'claim'>): ReplayResult {
  if (letter.batch !== undefined) return { id: letter._id, result: 'skipped', reason: 'batch' }
  if (isClaimed(letter)) return { id: letter._id, result: 'skipped', reason: 'busy' }
  return { id: letter._id, result: 'matching' }
}
