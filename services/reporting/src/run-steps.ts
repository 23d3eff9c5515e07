import { hasPassed, type KafkaPort, offsetsFromJson, offsetsToJson } from '@daybook/shared/kafka'
import type { EmbeddedEvent, Relay } from '@daybook/shared/outbox'
import type { Logger } from 'pino'
import type { BarrierOffsets } from './barrier-offsets.ts'
import type { Completions } from './completions.ts'
import { jobTopic, sendJobs } from './jobs.ts'
import type { Run } from './run.ts'
import type { Runs } from './runs.ts'
import type { UserLogs } from './user-logs.ts'

/** The steps of a run, each of which can be done again. They answer whether the run went further. */

export interface RunDeps {
  runs: Runs
  completions: Completions
  userLogs: UserLogs
  kafka: KafkaPort
  relay: Pick<Relay<EmbeddedEvent>, 'offer'>
  log: Logger
}

const JOBS_AT_ONCE = 1000

/** The first barrier: the day is closed once all that was published when it ended has been projected. */
export async function closeDay(run: Run, offsets: BarrierOffsets, { runs }: RunDeps): Promise<boolean> {
  if (run.closingOffsets === undefined) {
    const closingOffsets = offsetsToJson(await offsets.tasksEnd())
    return runs.update(run._id, 'closing', { $set: { closingOffsets } })
  }
  if (!hasPassed(await offsets.projection(), offsetsFromJson(run.closingOffsets))) return false
  // Both before any user is listed: a completion projected from here on is found late by the projector.
  await runs.close(run.day, run.timeZone)
  return runs.update(run._id, 'closing', { $set: { state: 'writing', writingAt: new Date() } })
}

/** Sends a job for each user of the day. */
export async function sendAllJobs(run: Run, renew: () => Promise<boolean>, deps: RunDeps): Promise<boolean> {
  const jobs = await sendPerUser(run, renew, deps)
  if (jobs === 0) return deps.runs.update(run._id, 'writing', { $set: { state: 'empty' } })
  // The end of the topic once the last job is in it: whoever has committed past it has written them all.
  const jobOffsets = offsetsToJson(await deps.kafka.endOffsets(jobTopic.name))
  return deps.runs.update(run._id, 'writing', { $set: { jobs, jobOffsets } })
}

async function sendPerUser(run: Run, renew: () => Promise<boolean>, deps: RunDeps): Promise<number> {
  const { day, timeZone } = run
  let sent = 0
  let users: string[] = []
  const send = async () => {
    await sendJobs(
      deps.kafka,
      users.map(userId => ({ userId, day, timeZone, late: false })),
    )
    sent += users.length
    users = []
    await renew()
  }
  for await (const { _id } of deps.completions.users(day, timeZone)) {
    users.push(_id)
    if (users.length === JOBS_AT_ONCE) await send()
  }
  if (users.length > 0) await send()
  return sent
}

/**
 * Most days in most zones are empty, and leave nothing behind. The projector takes an empty run for one that is not
 * there, and whoever completes something late reopens it; what was completed before it was empty is found here.
 */
export async function removeEmpty(run: Run, { runs, completions }: RunDeps): Promise<boolean> {
  for await (const _user of completions.users(run.day, run.timeZone)) {
    await runs.create([run])
    return true
  }
  await runs.removeEmpty(run._id)
  return true
}
