import { randomUUID } from 'node:crypto'
import type { Kind } from '../kinds/kind.ts'
import type { Kinds } from '../kinds/kind-store.ts'
import type { Job } from '../stored/job.ts'
import type { JobsBase } from '../stored/open-jobs-store.ts'
import type { Credit } from './choice/credit.ts'
import { pagesOf } from './choice/pages.ts'
import { placeSuspects } from './choice/suspects.ts'
import type { ReadyJobs } from './ready-store.ts'
import { type SendDeps, sendWithin } from './send-within.ts'
import type { Due } from './sending/publish-due.ts'
import type { Dispatch, Send } from './sending/send-store.ts'

// The most jobs of a page.
const MAX_PAGE = 1000
// For how long the jobs of a kind are read apart after a limit has kept one back.
const APART_MS = 10_000

export interface TurnDeps extends SendDeps {
  base: Pick<JobsBase, 'now'>
  kinds: Pick<Kinds, 'getMany'>
  ready: ReadyJobs
}

/** What is known when a turn begins. */
export interface Start {
  credits: readonly Credit[]
  suspects: readonly Job[]
  /** Milliseconds by the broker's clock. */
  brokerNow: number
  /** Within how many milliseconds of being sent an attempt must start. */
  startWithin: number
  /** The only worker that gets anything; absent: all of them. */
  only?: string
}

/** What a turn has done: the attempts that it has recorded as sent are the most urgent ones that were ready. */
export interface Turn {
  dispatch: Dispatch
  /** The attempts to publish, and the rules of their kinds. */
  due: Due[]
  kinds: ReadonlyMap<string, Kind>
  /** `more`: the next turn can send more; `some`: ready jobs may wait for credit or for limits; `none`: nothing is ready. */
  left: 'more' | 'some' | 'none'
}

/**
 * Makes the function that chooses ready jobs within the credit of workers, and records their attempts as sent. The caller
 * publishes them.
 */
export function makeTurn(deps: TurnDeps): (start: Start) => Promise<Turn> {
  // Kinds that a limit has kept back lately, and until when they are remembered.
  const apart = new Map<string, number>()
  const isAlone = (kind: Kind | undefined) =>
    kind !== undefined && (isLimited(kind) || (apart.get(kind.name) ?? 0) > performance.now())

  return async ({ credits, suspects, brokerNow, startWithin, only }) => {
    const dispatch = { _id: randomUUID(), at: deps.base.now() }
    const kinds = await deps.kinds.getMany([
      ...credits.flatMap(credit => [...credit.kinds]),
      ...suspects.map(({ kind }) => kind),
    ])
    const isOpen = (kind: string) => kinds.get(kind)?.paused === false
    const waiting = suspects.filter(({ kind }) => isOpen(kind))
    const { assignments, closed } = placeSuspects(waiting, credits)
    const rules = { isOpen, isAlone: (kind: string) => isAlone(kinds.get(kind)), most: MAX_PAGE }
    const pages = pagesOf(credits, closed, rules)
    const read = await Promise.all(pages.map(page => deps.ready.read(page)))
    const assigned = assignments.filter(({ worker }) => only === undefined || worker === only)
    const offer = { credits, closed, assigned, candidates: read.flat(), brokerNow, startWithin }
    const { sent, refused } = await sendWithin(deps, offer, dispatch)
    for (const kind of refused) apart.set(kind, performance.now() + APART_MS)
    const isFull = read.some((jobs, i) => jobs.length === pages[i]?.limit)
    const isBusy = credits.some(({ total }) => total === 0) || waiting.length > 0 || refused.size > 0
    const left = isFull && sent.length > 0 ? 'more' : isFull || isBusy ? 'some' : 'none'
    return { dispatch, kinds, due: sent.map(one => dueOf(one, dispatch)), left }
  }
}

/** Whether limits may keep jobs of the kind back. */
export const isLimited = ({ rate, inFlight, perKey, limits }: Kind): boolean =>
  rate !== undefined || inFlight !== undefined || perKey !== undefined || limits.length > 0

/** The attempt of a job that was sent. */
export function dueOf({ job, worker, startFrom, startBy }: Send, { at }: Dispatch): Due {
  const attempt = { attempt: job.attempt + 1, sentAt: at, startBy, ...(startFrom && { startFrom }) }
  return { job, attempt, worker }
}
