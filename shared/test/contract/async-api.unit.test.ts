import { test } from 'tap'
import { asyncApi } from '../../src/contract/async-api.ts'
import { forOtherTeams, forWorkers } from '../../src/contract/published.ts'
import { eventReader, toMessage } from '../../src/events/index.ts'
import { received } from '../support/index.ts'

const published = [...forOtherTeams, ...forWorkers]

interface Document {
  channels: Record<string, { address: string; messages: object; bindings: { kafka: object } }>
  operations: Record<string, { action: string; channel: { $ref: string } }>
  components: {
    messages: Record<string, { headers: object; examples: { headers: object; payload: object }[] }>
    schemas: object
  }
}
const { channels, operations, components } = asyncApi() as Document

test('each topic has a channel with its address, partitions, retention and messages', async t => {
  t.match(channels.tasks, {
    address: 'daybook.tasks',
    bindings: {
      kafka: {
        topic: 'daybook.tasks',
        partitions: 6,
        topicConfiguration: { 'cleanup.policy': ['delete'], 'retention.ms': -1, 'retention.bytes': -1 },
      },
    },
  })
  t.match(channels.clock?.bindings.kafka, { topicConfiguration: { 'retention.ms': 31_536_000_000 } })
  t.equal(channels.lane?.address, 'daybook.lane.{lane}')
  for (const { channel, events } of published) {
    const types = Object.keys(events).map(type => `${type}.v1`)
    t.strictSame(Object.keys(channels[channel]?.messages ?? {}), types, channel)
  }
})

test('Daybook sends what other teams read, and receives requests of jobs and reports of workers', async t => {
  const actions = Object.entries(operations).map(([name, { action }]) => [name, action])
  t.strictSame(Object.fromEntries(actions), {
    sendTasks: 'send',
    sendTaskStates: 'send',
    sendClock: 'send',
    sendReports: 'send',
    sendJobs: 'send',
    receiveJobRequests: 'receive',
    sendLane: 'send',
    receiveJobResults: 'receive',
    sendJobControl: 'send',
  })
})

test('a message names its type and the id of its schema', async t => {
  t.match(components.messages['TaskCompleted.v1']?.headers, {
    properties: {
      ce_type: { const: 'TaskCompleted' },
      ce_dataschema: { const: 'urn:daybook:schema:TaskCompleted:1' },
    },
  })
})

test('the example of each event is an event that its readers accept', async t => {
  for (const { events, examples } of published) {
    const read = eventReader(events)
    for (const type of Object.keys(events)) {
      const event = examples[type]
      if (event === undefined) return t.fail(`${type} has no example`)
      t.strictSame(read(received(toMessage(event, 'k'))), { status: 'event', event }, type)
      const message = components.messages[`${type}.v1`]
      t.strictSame(
        message?.examples.map(({ payload }) => payload),
        [event.data],
        type,
      )
    }
  }
})
