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
  // Both gauges are read at the same time: the second one takes what the first one was answered.
  let asked: Promise<{ labels: Record<string, string>; lag: Lag }[]> = Promise.resolve([])
  const ask = async () => {
    const answers = kafka.consumers().map(async ({ group, topic, measure }) => {
      const lags = await measure()
      return lags.map(lag => ({ labels: { group, topic, partition: String(lag.partition) }, lag }))
    })
    return (await Promise.all(answers)).flat()
  }
  const lag = {
    name: 'daybook_consumer_lag',
    help: 'Records that a consumer has not handled yet',
    labelNames,
  }
  askedSeries(registry, lag, async () => {
    asked = ask()
    return (await asked).map(({ labels, lag: { position, end } }) => ({
      labels,
      value: Number(end - position),
    }))
  })
  const help = 'The offset of the next record that a consumer handles'
  askedSeries(registry, { name: 'daybook_consumer_position', help, labelNames }, async () =>
    (await asked).map(({ labels, lag: { position } }) => ({ labels, value: Number(position) })),
  )
}
