import { type JobDue, toMessage } from '@daybook/shared/events'
import type { OutgoingMessage } from '@daybook/shared/kafka'
import type { Kind } from '../../kinds/kind.ts'
import type { Job } from '../../stored/job.ts'

/** An attempt as it was recorded when it was sent. */
export type SentAttempt = Pick<Job, 'attempt' | 'startBy' | 'startFrom' | 'sentAt'>

/** Makes the event that tells a worker to run an attempt. It is the same each time it is made for the attempt. */
export function jobDue(job: Job, attempt: SentAttempt, kind: Kind): JobDue {
  const { key, traceparent, cause } = job
  const { startBy, startFrom, sentAt } = attempt
  return {
    id: `${job._id}:${attempt.attempt}:due`,
    type: 'JobDue',
    source: '/daybook/scheduler',
    subject: job._id,
    time: (sentAt as Date).toISOString(),
    ...(traceparent === undefined ? {} : { traceparent }),
    data: {
      job: job._id,
      attempt: attempt.attempt,
      kind: job.kind,
      lane: job.lane,
      data: JSON.parse(job.data),
      ...(key === undefined ? {} : { key }),
      addedAt: job.addedAt.toISOString(),
      failures: job.failures,
      ...(startFrom === undefined ? {} : { startFrom: startFrom.toISOString() }),
      startBy: (startBy as Date).toISOString(),
      timeoutMs: kind.timeoutMs,
      softTimeoutMs: kind.softTimeoutMs,
      strict: kind.claim === 'strict',
      ...(cause === undefined ? {} : { cause: JSON.parse(cause) }),
    },
  }
}

/** The message of an attempt for a partition of its lane; without a partition, for any worker of the lane. */
export const dueMessage = (event: JobDue, partition: number | undefined): OutgoingMessage => ({
  ...toMessage(event, event.data.job),
  ...(partition === undefined ? {} : { partition }),
})
