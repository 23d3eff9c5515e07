import { laneTopic } from '@daybook/shared/events'
import { waitOut } from '@daybook/shared/failures/outage'
import type { KafkaPort, OutgoingMessage } from '@daybook/shared/kafka'
import type { Kind } from '../../kinds/kind.ts'
import type { Job } from '../../stored/job.ts'
import type { JobsBase } from '../../stored/open-jobs-store.ts'
import type { Credit } from '../choice/credit.ts'
import { dueMessage, jobDue, type SentAttempt } from './job-due.ts'

/** An attempt to publish, and the worker that it is sent to. */
export interface Due {
  job: Job
  attempt: SentAttempt
  worker: string
}

/** Publishes attempts on the topics of their lanes. Waits while Kafka is away. */
export type PublishDue = (
  due: readonly Due[],
  credits: readonly Credit[],
  kinds: ReadonlyMap<string, Kind>,
) => Promise<void>

/** @param signal ends the waiting for an outage */
export function publishDue(
  { brokerClock, log }: Pick<JobsBase, 'brokerClock' | 'log'>,
  kafka: Pick<KafkaPort, 'publish'>,
  signal: AbortSignal,
): PublishDue {
  // All attempts of a call for one worker go to one of its partitions: fewer batches. The next call takes the next partition,
  // because a worker reads the partitions side by side.
  let turn = 0

  async function publish(lane: string, messages: OutgoingMessage[]): Promise<void> {
    const send = () => kafka.publish(laneTopic(lane, 1).name, messages)
    try {
      const { appendedAt } = await waitOut('publishing attempts', send, { log, signal })
      brokerClock.saw(appendedAt)
    } catch (error) {
      if (signal.aborted) throw error
      // One lane does not stop the others. The attempts become ready again when their time to start has passed.
      log.error({ err: error, lane }, `attempts of the lane ${lane} can't be published`)
    }
  }

  return async (due, credits, kinds) => {
    turn += 1
    const workers = new Map(credits.map(credit => [credit.worker, credit]))
    const messageOf = ({ job, attempt, worker }: Due) => {
      // A worker that has just lost its partitions: another worker of the lane gets the attempt.
      const owned = workers.get(worker)?.lanes.get(job.lane) ?? []
      return dueMessage(jobDue(job, attempt, kinds.get(job.kind) as Kind), owned[turn % owned.length])
    }
    const byLane = Map.groupBy(due, ({ job }) => job.lane)
    await Promise.all([...byLane].map(([lane, ofLane]) => publish(lane, ofLane.map(messageOf))))
  }
}
