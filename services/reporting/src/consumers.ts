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

/** Prepares consumers. Their readiness checks work at once. `closing` stops those that have started, at the same time. */
export function prepareConsumers(
  kafka: KafkaPort,
  consumers: ConsumerOptions[],
  closing: AsyncDisposableStack,
): Consumers {
  const running = new Map<string, RunningConsumer>()
  const troubleOf = (group: string) => (running.has(group) ? running.get(group)?.trouble() : 'starting')
  async function start(options: ConsumerOptions): Promise<void> {
    running.set(options.group, await kafka.consume(options))
  }
  return {
    checks: Object.fromEntries(consumers.map(({ group }) => [group, () => troubleOf(group)])),
    async start() {
      closing.defer(async () => void (await Promise.all([...running.values()].map(({ stop }) => stop()))))
      await Promise.all(consumers.map(start))
    },
  }
}
