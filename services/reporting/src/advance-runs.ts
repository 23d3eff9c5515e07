import { hasPassed, offsetsFromJson } from '@daybook/shared/kafka'
import { type BarrierOffsets, barrierOffsets } from './barrier-offsets.ts'
import { finishRun } from './finish-run.ts'
import type { Run } from './run.ts'
import { closeDay, type Lease, type RunDeps, removeEmpty, sendAllJobs } from './run-steps.ts'

/** What `advanceRuns` found and did. */
export interface Pass {
  /** How many runs were not done. */
  unfinished: number
  /** How many of them went a step further. */
  advanced: number
}

/**
 * Takes every run that is not done a step further. A step can be done again, and by anybody: the lease only saves work.
 * @param owner names this process
 */
export async function advanceRuns(owner: string, deps: RunDeps): Promise<Pass> {
  const unfinished = await deps.runs.unfinished()
  const offsets = barrierOffsets(deps.kafka)
  let advanced = 0
  for (const { _id } of unfinished) {
    const lease = () => deps.runs.lease(_id, owner)
    const run = await lease()
    if (run !== undefined && (await advance(run, offsets, lease, deps))) advanced += 1
  }
  return { unfinished: unfinished.length, advanced }
}

// Long before the job topic forgets: jobs that went unread for so long may be gone, so they are sent again.
const SEND_AGAIN_AFTER = 86_400_000

/** @returns whether the run went a step further */
async function advance(run: Run, offsets: BarrierOffsets, lease: Lease, deps: RunDeps): Promise<boolean> {
  if (run.state === 'closing') return closeDay(run, offsets, deps)
  if (run.state === 'empty') return removeEmpty(run, deps)
  const { jobOffsets, jobsSentAt = new Date(0) } = run
  if (jobOffsets === undefined) return sendAllJobs(run, lease, deps)
  if (Date.now() - jobsSentAt.getTime() > SEND_AGAIN_AFTER) return deps.runs.forgetJobs(run._id)
  if (!hasPassed(await offsets.writers(), offsetsFromJson(jobOffsets))) return false
  await finishRun(run, deps)
  return true
}
