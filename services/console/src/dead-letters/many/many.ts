import type { Problem } from '../../api/problem.ts'
import { countAll } from '../../bulk/count-all.ts'
import { cutOff } from '../../bulk/outcome.ts'
import type { Counted, Outcome, Tell } from '../../bulk/plan.ts'
import type { DeletedMany, LetterFilter, ReplayedMany } from '../letters/letter.ts'

/** Commands for all dead letters of a filter, request by request. */

type Send<Body, Done> = (body: Body) => Promise<{ data?: Done; error?: Problem }>
interface Body {
  filter: LetterFilter
  dryRun?: boolean
  cursor?: string
}
export type SendReplay = Send<Body & { limit: number }, ReplayedMany>
export type SendDelete = Send<Body, DeletedMany>

/** A filter that leaves alone what is parked later than an instant, with which letters are counted and changed. */
export interface Dated {
  filter: LetterFilter
  /** When the letters were counted. */
  countedAt: string
}

// The clock of the page knows the server's to two seconds.
const CLOCK_MS = 2000

/** @param now in milliseconds since 1970 */
export function dated(filter: LetterFilter, now: number): Dated {
  const countedAt = new Date(now - CLOCK_MS).toISOString()
  const { before = countedAt } = filter
  return { filter: { ...filter, before: before < countedAt ? before : countedAt }, countedAt }
}

const COUNTED_AT_ONCE = 1000

/** Counts the letters that can be replayed. */
export async function countReplayable(
  send: SendReplay,
  { filter, countedAt }: Dated,
): Promise<{ data?: Counted; error?: Problem }> {
  const { data, error } = await countAll(cursor =>
    send({ filter, limit: COUNTED_AT_ONCE, dryRun: true, ...(cursor && { cursor }) }),
  )
  return data === undefined ? { error: error as Problem } : { data: { ...data, countedAt } }
}

/** Counts the letters of a filter. */
export async function countLetters(
  send: SendDelete,
  { filter, countedAt }: Dated,
): Promise<{ data?: Counted; error?: Problem }> {
  const { data, error } = await countAll(cursor => send({ filter, dryRun: true, ...(cursor && { cursor }) }))
  return data === undefined ? { error: error as Problem } : { data: { ...data, countedAt } }
}

/** Deletes all letters of a filter. */
export async function deleteAll(send: SendDelete, filter: LetterFilter, tell: Tell): Promise<Outcome> {
  const outcome: Outcome = { done: 0, skipped: 0, failed: 0 }
  let cursor: string | null | undefined
  while (cursor !== null) {
    const { data, error } = await send({ filter, ...(cursor === undefined ? {} : { cursor }) })
    if (data === undefined) return cutOff(outcome, error)
    outcome.done += data.deleted ?? 0
    outcome.skipped += data.skipped ?? 0
    cursor = data.nextCursor
    const isStopped = !tell(outcome.done)
    if (isStopped && cursor !== null) return { ...outcome, isStopped }
  }
  return outcome
}
