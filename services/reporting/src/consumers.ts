import type { ConsumerOptions, KafkaPort, RunningConsumer } from '@daybook/shared/kafka'

/** The consumers of a process. */
export interface Consumers {
  /** The readiness checks by consumer group. Each says why its consumer does not consume; undefined when it does. */
  checks: Record<string, () => string | undefined>
  /**
   * Starts all consumers concurrently, because each may wait for its partitions until the session of a dead process expires.
   */
  start: () => Promise<void>
}

/** Prepares consumers. Their readiness checks work at once. `closing` stops each consumer that has started. */
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
