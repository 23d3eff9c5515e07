import { topics } from '@daybook/shared/events'
import type { KafkaPort, Offsets } from '@daybook/shared/kafka'
import { projectionGroup, writerGroup } from '../groups.ts'
import { logRequestTopic } from '../logs/log-requests.ts'

/** Offsets asked for once in a pass, whatever the number of runs: many time zones end their day at one instant. */
export interface BarrierOffsets {
  /** The end of daybook.tasks. */
  tasksEnd: () => Promise<Offsets>
  /** How far the projector is in it. */
  projection: () => Promise<Offsets>
  /** How far the writers are in the topic of log requests. */
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
    /** The end of daybook.tasks. */
    tasksEnd: once(() => kafka.endOffsets(topics.tasks.name)),
    projection: once(() => kafka.committedOffsets(projectionGroup, topics.tasks.name)),
    writers: once(() => kafka.committedOffsets(writerGroup, logRequestTopic.name)),
  }
}
