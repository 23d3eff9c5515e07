import { type Assignment, type Candidate, canRun } from './choose.ts'
import type { Credit } from './credit.ts'

/** Where suspects go, and which workers get no other job. */
export interface SuspectPlan<J extends Candidate> {
  assignments: Assignment<J>[]
  /** Workers that a suspect has, gets now, or waits for until their other attempts have ended. */
  closed: Set<string>
}

/**
 * Decides about jobs whose worker died while it ran several: each gets a worker that has nothing else in hand. So the next
 * death shows whether the job is to blame. When no such worker is left, the worker with the least in hand is reserved. It gets
 * nothing more, so a later turn finds it with nothing in hand; no decision has to be remembered.
 *
 * Of the workers of a lane at most half have suspects, but at least one may; and at most one is reserved.
 */
export function placeSuspects<J extends Candidate>(
  suspects: readonly J[],
  credits: readonly Credit[],
): SuspectPlan<J> {
  const closed = new Set(credits.filter(({ inHand }) => inHand.suspects > 0).map(({ worker }) => worker))
  const assignments: Assignment<J>[] = []
  const reserved = new Set<string>()
  for (const job of suspects.toSorted((a, b) => a.rank.getTime() - b.rank.getTime())) {
    const ofLane = credits.filter(({ lanes }) => lanes.has(job.lane))
    const busy = ofLane.filter(({ worker }) => closed.has(worker)).length
    if (busy >= Math.max(1, Math.floor(ofLane.length / 2))) continue
    const [best] = ofLane
      .filter(credit => canRun(credit, job) && !closed.has(credit.worker))
      .toSorted((a, b) => a.inHand.attempts - b.inHand.attempts || (a.worker < b.worker ? -1 : 1))
    const isIdle = best?.inHand.attempts === 0
    if (best === undefined || (!isIdle && reserved.has(job.lane))) continue
    closed.add(best.worker)
    if (isIdle) assignments.push({ job, worker: best.worker })
    else reserved.add(job.lane)
  }
  return { assignments, closed }
}

// While there are no suspects, the search for them pauses for so many milliseconds.
const SEARCH_EVERY_MS = 250

/** Makes a search for suspects rare while it finds none: a turn in between has none. */
export function searchedRarely<Found>(search: () => Promise<Found[]>): () => Promise<Found[]> {
  let nextAt = Number.NEGATIVE_INFINITY
  return async () => {
    if (performance.now() < nextAt) return []
    const found = await search()
    if (found.length === 0) nextAt = performance.now() + SEARCH_EVERY_MS
    return found
  }
}
