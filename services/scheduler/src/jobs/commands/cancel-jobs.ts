import { isOutage } from '@daybook/shared/failures/outage'
import type { EmbeddedEvent } from '@daybook/shared/outbox'
import { hasEnded } from '../queries/job-filter.ts'
import type { Job } from '../stored/job.ts'
import type { JobsBase } from '../stored/open-jobs-store.ts'
import { present } from '../stored/present.ts'
import type { AttemptInHand, CancelStore } from './cancel-store.ts'

/**
 * What became of the wish to cancel a job:
 * - `cancelled`: it waited, and has ended now;
 * - `asked`: a worker has it, and is asked to end it. The job may still succeed or fail;
 * - `too late`: it had ended before.
 */
export const cancelAnswers = ['cancelled', 'asked', 'too late'] as const
export type CancelAnswer = (typeof cancelAnswers)[number]

/**
 * Cancels jobs. It is safe to repeat: a job that a worker has is asked again.
 * @returns the answer for each id; ids of jobs that do not exist are left out
 */
export type CancelJobs = (ids: readonly string[]) => Promise<Map<string, CancelAnswer>>

/** How others learn of cancelled jobs. */
export interface CancelPorts {
  /** Publishes CancelRequested for attempts. */
  tellWorkers: (attempts: AttemptInHand[]) => Promise<void>
  /** Publishes stored events soon. */
  offer: (events: EmbeddedEvent[]) => void
}

export function makeCancelJobs(
  { now, signals, log }: Pick<JobsBase, 'now' | 'signals' | 'log'>,
  store: CancelStore,
  { tellWorkers, offer }: CancelPorts,
): CancelJobs {
  async function tell(attempts: AttemptInHand[]): Promise<void> {
    try {
      if (attempts.length > 0) await tellWorkers(attempts)
    } catch (error) {
      if (!isOutage(error)) throw error
      log.warn({ err: error }, 'Workers are not told to cancel jobs yet: they are told with their next beats')
    }
  }

  async function endWaiting(found: Job[]): Promise<Job[]> {
    const ended = await store.end(found, now())
    if (ended.length === 0) return []
    const cancelled = ended.map(({ job }) => job)
    offer(ended.map(({ event }) => event))
    signals.emit('finished', cancelled.map(finishedJob))
    const gates = [...new Set(cancelled.flatMap(({ gate }) => gate ?? []))]
    if (gates.length > 0) signals.emit('gatesFreed', gates)
    return cancelled
  }

  return async ids => {
    const answers = new Map<string, CancelAnswer>()
    // A job that changes in between is read again: it then is in another state, so this ends.
    for (let left = [...ids]; left.length > 0; ) {
      const found = await store.find(left)
      const ended = found.filter(({ state }) => hasEnded(state))
      const inHand = found.filter(({ state }) => state === 'sent' || state === 'running')
      const waiting = found.filter(job => !ended.includes(job) && !inHand.includes(job))
      for (const { _id } of ended) answers.set(_id, 'too late')
      for (const { _id } of await endWaiting(waiting)) answers.set(_id, 'cancelled')
      const asked = await store.ask(
        inHand.map(({ _id }) => _id),
        now(),
      )
      for (const { job } of asked) answers.set(job, 'asked')
      await tell(asked)
      left = found.map(({ _id }) => _id).filter(id => !answers.has(id))
    }
    return answers
  }
}

const finishedJob = ({ _id: id, kind, lane, gate, group, then }: Job) => ({
  id,
  kind,
  lane,
  state: 'cancelled' as const,
  ...present({ gate, group, then }),
})
