import { topics } from '@daybook/shared/events'
import type { KafkaPort, Offsets } from '@daybook/shared/kafka'
import { projectionGroup, writerGroup } from '../groups.ts'
import { logRequestTopic } from '../logs/log-requests.ts'

/**
 * The offsets that barriers need. A pass reads each of them once for all runs: many time zones end their day at the same
 * instant.
 */
export interface BarrierOffsets {
  /** The end offsets of daybook.tasks. */
  tasksEnd: () => Promise<Offsets>
  /** The offsets that the projector has committed in daybook.tasks. */
  projection: () => Promise<Offsets>
  /** The offsets that the writers have committed in the topic of log requests. */
  writers: () => Promise<Offsets>
}

export function barrierOffsets(kafka: KafkaPort): BarrierOffsets {
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
    writers: once(() => kafka.committedOffsets(writerGroup, logRequestTopic.name)),
  }
}
