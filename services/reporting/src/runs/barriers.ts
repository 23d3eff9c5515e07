import { topics } from '@daybook/shared/events'
import type { KafkaPort, Offsets } from '@daybook/shared/kafka'
import type { LogsApart } from '../apart/apart-store.ts'
import { writerGroup } from '../groups.ts'
import { logRequestTopic } from '../logs/log-requests.ts'

/**
 * The offsets that barriers need. A pass reads each of them once for all runs: many time zones end their day at the same
 * instant.
 */
export interface BarrierOffsets {
  /** The end offsets of daybook.tasks. */
  tasksEnd: () => Promise<Offsets>
  /** The offsets of daybook.tasks that the projection has passed, see `projectionPosition`. */
  projection: () => Promise<Offsets>
  /** The offsets that the writers have committed in the topic of log requests. */
  writers: () => Promise<Offsets>
  /**
   * The runs of which logs are written apart. Ask after the offsets of the writers: they store what they set apart before they
   * commit.
   */
  apart: () => Promise<Set<string>>
}

interface BarrierDeps {
  kafka: KafkaPort
  projectedOffsets: () => Promise<Offsets>
  logsApart: Pick<LogsApart, 'runs'>
}

export function barrierOffsets({ kafka, projectedOffsets, logsApart }: BarrierDeps): BarrierOffsets {
  const once = <T>(ask: () => Promise<T>) => {
    let asked: Promise<T> | undefined
    return () => {
      asked ??= ask()
      return asked
    }
  }
  return {
    tasksEnd: once(() => kafka.endOffsets(topics.tasks.name)),
    projection: once(projectedOffsets),
    writers: once(() => kafka.committedOffsets(writerGroup, logRequestTopic.name)),
    apart: once(logsApart.runs),
  }
}
