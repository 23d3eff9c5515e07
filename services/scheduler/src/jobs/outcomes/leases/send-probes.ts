import { randomUUID } from 'node:crypto'
import { startLoop } from '@daybook/shared/async/loop'
import { jobTopics, type ResultEvents, toMessage } from '@daybook/shared/events'
import { isOutage } from '@daybook/shared/failures/outage'
import type { KafkaPort, OutgoingMessage } from '@daybook/shared/kafka'
import type { JobsBase } from '../../stored/open-jobs-store.ts'

// Milliseconds between two probes that judge nothing.
const QUIET_EVERY_MS = 60_000

/**
 * Starts to send a LeaseProbe regularly to each partition of daybook.jobs.results that this process reads. A process that
 * reads none sends one to the first, to learn the broker's time. While all is quiet there is nothing to judge, and a probe a
 * minute keeps the broker's time.
 * @param owned the partitions that this process reads now
 */
export function startProbes(
  { brokerClock, quiet, log, fail }: Pick<JobsBase, 'brokerClock' | 'quiet' | 'log' | 'fail'>,
  kafka: Pick<KafkaPort, 'publish'>,
  { owned, everyMs }: { owned: () => readonly number[]; everyMs: number },
): { stop: () => Promise<void> } {
  const scheduler = randomUUID()
  let sentAt = Number.NEGATIVE_INFINITY
  const loop = startLoop(async () => {
    const untilNext = quiet.isQuiet() ? sentAt + QUIET_EVERY_MS - performance.now() : 0
    if (untilNext > 0) return untilNext
    const partitions = owned().length > 0 ? owned() : [0]
    try {
      const { appendedAt } = await kafka.publish(
        jobTopics.results.name,
        partitions.map(partition => probe(scheduler, partition)),
      )
      brokerClock.saw(appendedAt)
      sentAt = performance.now()
    } catch (error) {
      if (!isOutage(error)) throw error
      // The gap that this leaves keeps all leases.
      log.debug({ err: error }, 'no probe could be sent')
    }
    return everyMs
  }, fail)
  quiet.onEnd(loop.wake)
  return loop
}

function probe(scheduler: string, partition: number): OutgoingMessage {
  const event: ResultEvents['LeaseProbe'] = {
    id: randomUUID(),
    type: 'LeaseProbe',
    source: '/daybook/scheduler',
    subject: scheduler,
    time: new Date().toISOString(),
    data: { scheduler },
  }
  return { ...toMessage(event, scheduler), partition }
}
