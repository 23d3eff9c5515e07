import type { ConsumerOptions } from '@daybook/shared/kafka'
import { received, silent, until } from '@daybook/shared/testing'
import { test } from 'tap'
import { eventTopics } from '../../src/events/position.ts'
import { readEvents } from '../../src/events/read-events.ts'

test('the events are read when the last records are no events, cannot be decoded, or end a transaction', async t => {
  const consumers: ConsumerOptions[] = []
  const kafka = {
    offsetsSince: async () => new Map([[0, 5n]]),
    endOffsets: async () => new Map([[0, 9n]]),
    deleteIdleGroups: async () => [],
    consumers: () => [],
    consume: async (options: ConsumerOptions) => {
      consumers.push(options)
      return {
        ...options,
        trouble: () => undefined,
        measure: async () => [],
        measured: () => undefined,
        stop,
      }
    },
  }
  const stop = async () => undefined
  const fail = (error: Error) => t.fail(error)
  const options = { bytes: 1000, log: silent, fail, signal: AbortSignal.abort() }
  const { hub, ...reading } = readEvents(kafka, options)
  t.teardown(reading.stop)
  await until('all topics are read', () => consumers.length === eventTopics.length)
  const noEvent = received({ key: 'ada', value: '{}', headers: {} }, { offset: 8n })
  for (const { handle } of consumers.slice(0, 2)) await handle([noEvent], async () => undefined)
  consumers[2]?.onPassed?.(0, 9n)
  consumers[3]?.onPassed?.(0, 8n)
  t.equal(hub(), undefined, 'one record of the last topic is to be read')
  consumers[3]?.onPassed?.(0, 9n)
  t.ok(hub())
})
