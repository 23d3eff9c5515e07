import type { Registry } from 'prom-client'
import type { KafkaPort, Lag } from '../kafka/index.ts'
import { askedSeries } from './asked-gauge.ts'
import { blockedGauge } from './blocked-gauge.ts'

/**
 * Registers `daybook_blocked`, and how far each consumer of this process is in its partitions: `daybook_consumer_position` and
 * `daybook_consumer_lag`.
 */
export function kafkaMetrics(registry: Registry, kafka: Pick<KafkaPort, 'blocks' | 'consumers'>): void {
  blockedGauge(registry, kafka.blocks)
  const labelNames = ['group', 'topic', 'partition']
  // Both gauges are read at the same time. The second one takes what the first one was answered.
  let asked: Promise<[Record<string, string>, Lag][]> = Promise.resolve([])
  const ask = async () => {
    const consumers = await Promise.all(
      kafka.consumers().map(async ({ group, topic, measure }) => {
        const lags = await measure()
        return lags.map(lag => [{ group, topic, partition: String(lag.partition) }, lag] as const)
      }),
    )
    return consumers.flat() as [Record<string, string>, Lag][]
  }
  askedSeries(
    registry,
    {
      name: 'daybook_consumer_lag',
      help: 'Records that the consumer has not handled yet, by partition',
      labelNames,
    },
    async () => {
      asked = ask()
      return (await asked).map(([labels, { position, end }]) => ({ labels, value: Number(end - position) }))
    },
  )
  askedSeries(
    registry,
    {
      name: 'daybook_consumer_position',
      help: 'The offset of the next record that the consumer handles, by partition',
      labelNames,
    },
    async () => (await asked).map(([labels, { position }]) => ({ labels, value: Number(position) })),
  )
}
