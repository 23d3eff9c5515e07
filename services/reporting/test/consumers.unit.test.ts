import type { ConsumerOptions, KafkaPort } from '@daybook/shared/kafka'
import t from 'tap'
import { prepareConsumers } from '../src/consumers.ts'

const consumer = (group: string): ConsumerOptions => ({
  group,
  topic: 'daybook.tasks',
  handle: async () => undefined,
  park: async () => undefined,
})

t.test('a consumer is starting until it consumes, and is stopped with the service', async t => {
  const stopped: string[] = []
  const kafka: Pick<KafkaPort, 'consume'> = {
    consume: async ({ group, topic }) => ({
      group,
      topic,
      measure: async () => [],
      measured: () => undefined,
      trouble: () => (group === 'two' ? 'not in its group' : undefined),
      stop: async () => void stopped.push(group),
    }),
  }
  const closing = new AsyncDisposableStack()
  const { checks, start } = prepareConsumers(kafka as KafkaPort, [consumer('one'), consumer('two')], closing)
  const troubles = () => Object.entries(checks).map(([group, check]) => [group, check()])
  t.strictSame(troubles(), [
    ['one', 'starting'],
    ['two', 'starting'],
  ])
  await start()
  t.strictSame(troubles(), [
    ['one', undefined],
    ['two', 'not in its group'],
  ])
  await closing.disposeAsync()
  t.strictSame(stopped.sort(), ['one', 'two'])
})
