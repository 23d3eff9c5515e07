import { openDeadLetters } from '@daybook/shared/dead-letters/dead-letter-store'
import { type Envelope, jobTopics, toMessage } from '@daybook/shared/events'
import { connectKafka, type OutgoingMessage } from '@daybook/shared/kafka'
import { silent, until } from '@daybook/shared/testing'
import { type Test, test } from 'tap'
import { bareIdModel } from '../../../src/jobs/adding/bare-id-model.ts'
import { startGroups } from '../../../src/jobs/groups/start-groups.ts'
import { ownerReader } from '../../../src/jobs/requests/owner-store.ts'
import { requestsConsumer } from '../../../src/jobs/requests/requests-consumer.ts'
import { removalStore } from '../../../src/jobs/retention/removal-store.ts'
import { removeEnded } from '../../../src/jobs/retention/remove-ended.ts'
import { makeAdding } from '../../support/adding.ts'
import { end, published } from '../../support/job-life.ts'

const topic = jobTopics.requests.name

async function makeRequests(t: Test) {
  const rig = await makeAdding(t, { strict: { schema: { type: 'number' } } })
  const { stack, base, adding } = rig
  const kafka = await connectKafka({
    brokers: stack.brokers,
    prefix: stack.prefix,
    service: 'test',
    topics: [jobTopics.requests, jobTopics.finished],
    log: silent,
    onCrash: error => t.fail('a consumer crashed', { error }),
  })
  t.teardown(() => kafka.close())
  const { groups, stop } = startGroups(base, adding, { kafka, retention: 86_400_000 })
  t.teardown(stop)
  const deps = { adding, groups, ownerOf: ownerReader(base.jobs) }
  let readers = 0
  /** Starts a consumer that reads the topic from its start. @returns its group */
  async function consume(): Promise<string> {
    readers += 1
    const group = `requests-${readers}`
    const consumer = await kafka.consume({
      ...requestsConsumer(deps, openDeadLetters(stack.db)(group)),
      group,
    })
    t.teardown(consumer.stop)
    return group
  }
  const handled = (group: string) =>
    until('all requests are handled', async () => {
      const [ends, done] = [await kafka.endOffsets(topic), await kafka.committedOffsets(group, topic)]
      return [...ends].every(([partition, offset]) => (done.get(partition) ?? 0n) >= offset)
    })
  const letters = () => stack.db.collection('dead_letters').find().sort({ offset: 1 }).toArray()
  const send = (messages: OutgoingMessage[]) => kafka.publish(topic, messages)
  return { ...rig, consume, handled, letters, send }
}

const event = (type: string, id: string, data: object): OutgoingMessage =>
  toMessage(
    { id, type, source: '/shop', subject: id, time: '2026-11-25T12:00:00.000Z', data } as Envelope,
    'same key',
  )
const job = (id: string, more: object = {}) => event('JobRequested', id, { job: id, kind: 'mail', ...more })
const slot = (id: string, overlap: string) => job(id, { schedule: 'nightly', overlap })

test('requests that cannot be added are parked with the reason, and those behind them are added', async t => {
  const { send, consume, handled, letters, jobs } = await makeRequests(t)
  await send([
    job('a', { data: { n: 1 } }),
    job('a', { data: { n: 2 } }),
    { key: 'same key', value: 'no JSON', headers: {} },
    job('b', { kind: 'strict', data: 'text' }),
    job('c', { data: 'x'.repeat(70_000) }),
    job('d', { at: '2026-11-26T00:00:00.000Z', in: 'PT1S' }),
    job('e', { expiresAt: '2020-01-01T00:00:00.000Z' }),
    event('Unknown', 'x', {}),
    event('GroupRequested', 'g', {
      group: 'g',
      jobs: [
        { job: 'g1', kind: 'mail' },
        { job: 'g2', kind: 'mail' },
      ],
      then: { kind: 'sum' },
      parent: 'a',
    }),
    job('a', { data: { n: 1 } }),
  ])
  await handled(await consume())
  t.match(await jobs(), [
    { _id: 'a', data: '{"n":1}', owner: 'kafka' },
    { _id: 'e' },
    { _id: 'g1', group: 'g', owner: 'kafka' },
    { _id: 'g2', group: 'g' },
  ])
  t.match(
    (await letters()).map(({ error }) => error.message),
    [
      /Another job was requested under the id a/,
      /./,
      '/data must be number',
      /at most 65536 bytes/,
      '/in must not be given',
    ],
  )
})

test('the topic is read again from its start after retention, and nothing is added again', async t => {
  const { base, send, consume, handled, jobs, letters } = await makeRequests(t)
  await send([
    job('a'),
    job('b', { kind: 'index', key: 'k', coalesce: {}, in: 'PT1H', data: 1 }),
    job('c', { kind: 'index', key: 'k', coalesce: {}, in: 'PT1H', data: 2 }),
    slot('s1', 'skip'),
    slot('s2', 'skip'),
    event('GroupRequested', 'g', { group: 'g', jobs: [{ job: 'g1', kind: 'mail' }], then: { kind: 'sum' } }),
  ])
  await handled(await consume())
  t.match(await jobs(), [
    { _id: 'a' },
    { _id: 'b', data: '2' },
    { _id: 'g1' },
    { _id: 's1', state: 'held', gate: 'series:nightly' },
    { _id: 's2', state: 'cancelled', reason: 'overlap' },
  ])
  await end(base, ['a', 'b', 'g1', 's1'])
  await until('the group is continued', async () => (await base.jobs.countDocuments({ _id: 'g:then' })) === 1)
  await end(base, ['g:then'])
  await until('the events are published', async () => {
    await published(base)
    return (await base.groups.countDocuments({ outbox: { $exists: true } })) === 0
  })
  const store = removalStore(base.jobs, base.groups, bareIdModel(base.connection))
  const later = new Date(base.now().getTime() + 10 * 86_400_000)
  await removeEnded(store, 86_400_000 * 14, later)
  t.strictSame([await base.jobs.countDocuments(), await base.groups.countDocuments()], [0, 0])
  await handled(await consume())
  t.strictSame(await jobs(), [])
  t.strictSame(await letters(), [])
})

test('what happens to the jobs of a schedule that overlap is as the schedule says', async t => {
  const { base, send, consume, handled, jobs, cancelled } = await makeRequests(t)
  await send([
    slot('1', 'skip'),
    slot('2', 'skip'),
    slot('3', 'queue'),
    slot('4', 'queue'),
    slot('5', 'allow'),
    slot('6', 'cancel'),
  ])
  const group = await consume()
  await handled(group)
  const states = async () =>
    Object.fromEntries((await jobs()).map(({ _id, state, reason }) => [_id, reason ?? state]))
  t.strictSame(await states(), {
    1: 'held',
    2: 'overlap',
    3: 'held',
    4: 'overlap',
    5: 'ready',
    6: 'held',
  })
  t.strictSame(cancelled.sort(), ['1', '3', '5'])
  await end(base, ['1', '3', '5', '6'])
  await send([slot('7', 'skip')])
  await handled(group)
  t.match(await states(), { 7: 'held' })
})
