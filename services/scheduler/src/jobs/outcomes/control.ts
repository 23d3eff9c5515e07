import { randomUUID } from 'node:crypto'
import { type ControlEvent, type ControlEvents, jobTopics, toMessage } from '@daybook/shared/events'
import type { KafkaPort } from '@daybook/shared/kafka'

/** Tells workers something on daybook.jobs.control. A worker that does not hear it learns it with one of its next beats. */
export interface Control {
  /** Asks the workers that run these attempts to end them. */
  cancel: (attempts: readonly { job: string; attempt: number }[]) => Promise<void>
  /** Tells workers that they do not hold an attempt any more; without a job: no attempt at all. */
  leaseLost: (lost: readonly ControlEvents['LeaseLost']['data'][]) => Promise<void>
  /** Asks a worker to take no more attempts. */
  quiet: (worker: string) => Promise<void>
}

export function makeControl(kafka: Pick<KafkaPort, 'publish'>): Control {
  async function publish(events: ControlEvent[]): Promise<void> {
    if (events.length === 0) return
    await kafka.publish(
      jobTopics.control.name,
      events.map(event => toMessage(event, event.subject)),
    )
  }
  const about = (subject: string) => ({
    id: randomUUID(),
    source: '/daybook/scheduler',
    subject,
    time: new Date().toISOString(),
  })
  return {
    cancel: attempts =>
      publish(attempts.map(data => ({ ...about(data.job), type: 'CancelRequested', data: { ...data } }))),
    leaseLost: lost =>
      publish(lost.map(data => ({ ...about(data.worker), type: 'LeaseLost', data: { ...data } }))),
    quiet: worker => publish([{ ...about(worker), type: 'Quiet', data: { worker } }]),
  }
}
