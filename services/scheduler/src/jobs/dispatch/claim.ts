import type { JobDue } from '@daybook/shared/events'
import type { Kind } from '../kinds/kind.ts'
import type { JobsBase } from '../stored/open-jobs-store.ts'
import { creditOf } from './choice/credit.ts'
import { makeTurn, type TurnDeps } from './dispatch-turn.ts'
import { jobDue } from './sending/job-due.ts'
import type { DispatchWorkers } from './worker-store.ts'

/** What a worker asks for. */
export interface ClaimRequest {
  /** The kinds for which it has handlers. */
  kinds: readonly string[]
  /** How many attempts it can take. */
  max: number
}

/**
 * Sends ready jobs of a lane to a worker that asks for them by HTTP. The attempts are as those that are published, and the
 * worker has 30 s to start them.
 * @returns what it may start, the most urgent first; empty when nothing is ready, or when the brokers' time is not known yet
 */
export type Claim = (lane: string, worker: string, request: ClaimRequest) => Promise<JobDue[]>

export interface ClaimDeps extends TurnDeps {
  base: Pick<JobsBase, 'now' | 'brokerClock'>
  workers: DispatchWorkers
}

// Longer than for attempts that are published: the answer may arrive late, and nobody else gets them meanwhile.
const START_WITHIN_MS = 30_000
const MAX_SUSPECTS = 100

export function makeClaim(deps: ClaimDeps): Claim {
  const { base, ready, workers } = deps
  const takeTurn = makeTurn(deps)

  return async (lane, worker, { kinds, max }) => {
    const brokerNow = base.brokerClock.now()
    if (brokerNow === undefined || max < 1) return []
    const [alive, inHand, suspects] = await Promise.all([
      workers.alive(brokerNow),
      workers.inHand(),
      ready.suspects(MAX_SUSPECTS),
    ])
    const held = inHand.get(worker) ?? { attempts: 0, suspects: 0 }
    const free = held.suspects > 0 ? 0 : max
    const own = {
      kinds: new Set(kinds),
      lanes: new Map([[lane, []]]),
      slots: max,
      inHand: held,
      free,
      total: free,
    }
    // The others only count for where suspects go: each claim comes to the same conclusion.
    const others = creditOf(
      alive.filter(({ _id, via }) => via === 'http' && _id !== worker),
      inHand,
      () => 0,
    ).map(credit => ({ ...credit, free: 0, total: 0 }))
    const turn = await takeTurn({
      credits: [{ worker, ...own }, ...others],
      suspects: suspects.filter(job => job.lane === lane),
      brokerNow,
      startWithin: START_WITHIN_MS,
      only: worker,
    })
    return turn.due
      .toSorted((a, b) => a.job.rank.getTime() - b.job.rank.getTime())
      .map(({ job, attempt }) => jobDue(job, attempt, turn.kinds.get(job.kind) as Kind))
  }
}
