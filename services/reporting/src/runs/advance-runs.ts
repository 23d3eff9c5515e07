import { hasPassed, offsetsFromJson } from '@daybook/shared/kafka'
import { concurrently } from '../concurrently.ts'
import { underLease } from '../leases/lease.ts'
import { SEND_AGAIN_AFTER_MS } from '../logs/send-per-user.ts'
import { type BarrierOffsets, barrierOffsets } from './barriers.ts'
import { finishRun } from './finish-run.ts'
import type { Run } from './run-model.ts'
import { closeDay, type RunDeps, removeEmpty, sendAllRequests } from './run-steps.ts'

/** What `advanceRuns` found and did. */
export interface Pass {
  /** How many runs were not done. */
  unfinished: number
  /** How many of these runs advanced by a step. */
  advanced: number
}

// Many time zones end their day at the same instant. Their short steps share the flushes of MongoDB's journal.
const MAX_CONCURRENT = 16

/**
 * Advances each run that is not done by one step. A run that waits for a barrier causes no write. Any process can repeat a
 * step: the lease of the long steps only saves work.
 * @param owner names this process
 */
export async function advanceRuns(owner: string, deps: RunDeps): Promise<Pass> {
  const unfinished = await deps.runs.unfinished()
  const offsets = barrierOffsets(deps)
  let advanced = 0
  await concurrently(unfinished, MAX_CONCURRENT, async run => {
    if (await advance(run, offsets, owner, deps)) advanced += 1
  })
  return { unfinished: unfinished.length, advanced }
}

/** @returns whether the run advanced */
async function advance(run: Run, offsets: BarrierOffsets, owner: string, deps: RunDeps): Promise<boolean> {
  if (run.state === 'closing') return closeDay(run, offsets, deps)
  if (run.state === 'empty') return removeEmpty(run, deps)
  const lease = { owner, leases: deps.runs }
  const { jobOffsets, jobsSentAt = new Date(0) } = run
  if (jobOffsets === undefined) return underLease(run, lease, lost => sendAllRequests(run, lost, deps))
  if (Date.now() - jobsSentAt.getTime() > SEND_AGAIN_AFTER_MS) return deps.runs.forgetRequests(run)
  if (!hasPassed(await offsets.writers(), offsetsFromJson(jobOffsets))) return false
  if ((await offsets.apart()).has(run._id)) return false
  return underLease(run, lease, lost => finishRun(run, lost, deps))
}
