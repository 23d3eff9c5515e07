import type { ConsumerOptions, KafkaPort, RunningConsumer } from '@daybook/shared/kafka'

/** The consumers of a process. */
export interface Consumers {
  /** A readiness check for each consumer, by its group: why it does not consume, or undefined. */
  checks: Record<string, () => string | undefined>
  /** Starts all consumers concurrently. A consumer gets its partitions only when the session of a dead process expires. */
  start: () => Promise<void>
}

/** Prepares consumers: they can be checked from now on, and are stopped by `closing` once they are started. */
export function prepareConsumers(
  kafka: KafkaPort,
  consumers: ConsumerOptions[],
  closing: AsyncDisposableStack,
): Consumers {
  const running = new Map<string, RunningConsumer>()
  const troubleOf = (group: string) => (running.has(group) ? running.get(group)?.trouble() : 'starting')
  async function start(options: ConsumerOptions): Promise<void> {
    const consumer = await kafka.consume(options)
    closing.defer(consumer.stop)
    running.set(options.group, consumer)
  }
  return {
    checks: Object.fromEntries(consumers.map(({ group }) => [group, () => troubleOf(group)])),
    start: async () => void (await Promise.all(consumers.map(start))),
  }
}
