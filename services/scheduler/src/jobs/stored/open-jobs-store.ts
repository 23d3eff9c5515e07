import { createIndexes } from '@daybook/shared/mongo/model'
import type { Connection } from 'mongoose'
import type { Logger } from 'pino'
import { type BrokerClock, makeBrokerClock } from './broker-clock.ts'
import { type GroupModel, groupModel } from './group-model.ts'
import { type JobModel, jobModel } from './job-model.ts'
import { openJobsOrWorkers } from './open-store.ts'
import { type Quiet, startQuiet } from './quiet.ts'
import { makeSignals, type Signals } from './signals.ts'
import { openStoreClock, type StoreClock } from './store-clock-store.ts'
import { type WorkerModel, workerModel } from './worker-model.ts'

/** What all parts of jobs share: the collections, the clocks and the signals of this process. */
export interface JobsBase {
  connection: Connection
  jobs: JobModel
  groups: GroupModel
  workers: WorkerModel
  /** The time of MongoDB's clock, by which jobs are due. */
  now: StoreClock
  brokerClock: BrokerClock
  signals: Signals
  quiet: Quiet
  log: Logger
  /** Ends the process after a failure that is no outage. */
  fail: (error: Error) => void
}

/** Opens the collections of jobs, makes their indexes, and asks MongoDB for its time. */
export async function openJobsBase(
  connection: Connection,
  { log, fail }: Pick<JobsBase, 'log' | 'fail'>,
): Promise<JobsBase & { stop: () => Promise<void> }> {
  const [jobs, groups, workers] = [jobModel(connection), groupModel(connection), workerModel(connection)]
  await Promise.all([createIndexes(jobs), createIndexes(groups), createIndexes(workers)])
  const clock = await openStoreClock(connection, log)
  const signals = makeSignals()
  const quiet = startQuiet(openJobsOrWorkers(jobs, workers), { log, fail })
  signals.on('work', quiet.end)
  const shared = { now: clock.now, brokerClock: makeBrokerClock(), signals, quiet }
  const stop = async () => {
    clock.stop()
    await quiet.stop()
  }
  return { connection, jobs, groups, workers, ...shared, log, fail, stop }
}
