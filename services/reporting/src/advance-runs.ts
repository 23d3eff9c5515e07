import { topics } from '@daybook/shared/events'
import {
  hasPassed,
  type KafkaPort,
  type Offsets,
  offsetsFromJson,
  offsetsToJson,
} from '@daybook/shared/kafka'
import type { EmbeddedEvent, Relay } from '@daybook/shared/outbox'
import type { Logger } from 'pino'
import type { Completions } from './completions.ts'
import { finishRun } from './finish-run.ts'
import { jobTopic, sendJobs } from './jobs.ts'
import { writerGroup } from './log-writer.ts'
import { projectionGroup } from './projector.ts'
import type { Run } from './run.ts'
import type { Runs } from './runs.ts'
import type { UserLogs } from './user-logs.ts'

export interface RunDeps {
  runs: Runs
  completions: Completions
  userLogs: UserLogs
  kafka: KafkaPort
  relay: Pick<Relay<EmbeddedEvent>, 'offer'>
  log: Logger
}

const JOBS_AT_ONCE = 1000

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
  const committed = committedOnce(deps.kafka)
  let advanced = 0
  for (const run of unfinished) {
    const lease = () => deps.runs.lease(run._id, owner)
    if ((await lease()) && (await advance(run, committed, lease, deps))) advanced += 1
  }
  return { unfinished: unfinished.length, advanced }
}

/** @returns whether the run went a step further */
async function advance(
  run: Run,
  committed: Committed,
  renew: () => Promise<boolean>,
  deps: RunDeps,
): Promise<boolean> {
  if (run.state === 'closing') return close(run, committed, deps)
  if (run.jobOffsets === undefined) return writeAll(run, renew, deps)
  if (!hasPassed(await committed.writers(), offsetsFromJson(run.jobOffsets))) return false
  await finishRun(run, deps)
  return true
}

/** Offsets asked for once in a pass, whatever the number of runs: many time zones end their day at one instant. */
interface Committed {
  tasksEnd: () => Promise<Offsets>
  projection: () => Promise<Offsets>
  writers: () => Promise<Offsets>
}

function committedOnce(kafka: KafkaPort): Committed {
  const once = <T>(ask: () => Promise<T>) => {
    let asked: Promise<T> | undefined
    return () => {
      asked ??= ask()
      return asked
    }
  }
  return {
    tasksEnd: once(() => kafka.endOffsets(topics.tasks.name)),
    projection: once(() => kafka.committedOffsets(projectionGroup, topics.tasks.name)),
    writers: once(() => kafka.committedOffsets(writerGroup, jobTopic.name)),
  }
}

/** The barrier before the day is closed: all that was published when it ended has been projected. */
async function close(run: Run, committed: Committed, { runs }: RunDeps): Promise<boolean> {
  if (run.closingOffsets === undefined) {
    const closingOffsets = offsetsToJson(await committed.tasksEnd())
    return runs.update(run._id, 'closing', { $set: { closingOffsets } })
  }
  if (!hasPassed(await committed.projection(), offsetsFromJson(run.closingOffsets))) return false
  // Both before any user is listed: a completion projected from here on is found late by the projector.
  await runs.close(run.day, run.timeZone)
  return runs.update(run._id, 'closing', { $set: { state: 'writing', writingAt: new Date() } })
}

async function writeAll(run: Run, renew: () => Promise<boolean>, deps: RunDeps): Promise<boolean> {
  const jobs = await sendAll(run, renew, deps)
  if (jobs === 0) return removeEmpty(run, deps)
  // The end of the topic once the last job is in it: whoever has committed past it has written them all.
  const jobOffsets = offsetsToJson(await deps.kafka.endOffsets(jobTopic.name))
  return deps.runs.update(run._id, 'writing', { $set: { jobs, jobOffsets } })
}

async function sendAll(run: Run, renew: () => Promise<boolean>, deps: RunDeps): Promise<number> {
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

/** Most days in most zones are empty, and leave nothing behind. */
async function removeEmpty({ _id, day, timeZone }: Run, { runs, completions }: RunDeps): Promise<boolean> {
  await runs.remove(_id)
  // Somebody's completion may have come between the listing and now, and the projector have seen the run still there.
  for await (const _user of completions.users(day, timeZone)) {
    await runs.create([{ day, timeZone }])
    break
  }
  return true
}
