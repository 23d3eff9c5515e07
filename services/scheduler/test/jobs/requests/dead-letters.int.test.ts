import type { DeadLetter } from '@daybook/shared/dead-letters/dead-letter-model'
import { type Envelope, jobTopics, toMessage } from '@daybook/shared/events'
import { connectKafka } from '@daybook/shared/kafka'
import { makeStack, silent, until } from '@daybook/shared/testing'
import { test } from 'tap'
import { startScheduler } from '../../support/scheduler.ts'

const topic = jobTopics.requests.name

interface Letters {
  deadLetters: { id: string; error: { message: string } }[]
}

const requested = (id: string, data: object) =>
  toMessage(
    {
      ...{ id, type: 'JobRequested', source: '/shop', subject: id, time: '2026-11-25T12:00:00.000Z' },
      data: { job: id, kind: 'mail', ...data },
    } as Envelope,
    'shop',
  )

test('an operator lists requests of jobs that could not be added, corrects the kind, and replays them', async t => {
  const stack = await makeStack(t)
  const { operator, isReady } = await startScheduler(t, stack, { TIME_ZONES: 'UTC' })
  await until('the scheduler is ready', isReady)
  const options = { brokers: stack.brokers, prefix: stack.prefix, service: 'test', topics: [], log: silent }
  const kafka = await connectKafka({ ...options, onCrash: error => t.fail('crashed', { error }) })
  t.teardown(() => kafka.close())
  const kind = (schema: object) => operator('/kinds/mail', { method: 'PUT', body: { schema } })
  const list = async () => (await operator<Letters>('/dead-letters')).body.deadLetters
  const stateOf = async (id: string) => (await operator(`/jobs/${id}`)).status

  t.equal((await kind({ type: 'number' })).status, 201)
  await kafka.publish(topic, [
    requested('a', { data: 'text' }),
    { ...requested('b', {}), value: 'no JSON' },
    requested('c', { data: 1 }),
  ])
  await until('the request behind them is handled', async () => (await stateOf('c')) === 200)
  t.match((await list()).map(({ error }) => error.message).toSorted(), [/data must be number/, /JSON/])

  const replay = (body: object) => operator('/dead-letters/replay', { body: { filter: { topic }, ...body } })
  t.match((await replay({ dryRun: true })).body, { matching: 2 })
  t.equal(await stateOf('a'), 404)
  t.equal((await kind({ type: 'string' })).status, 200)
  t.match((await replay({})).body, { handled: 1, failed: 1, skipped: 0 })
  t.equal(await stateOf('a'), 200)
  t.match(await list(), [{ error: { message: /JSON/ }, attempts: 2 }])

  // Reporting has its letters in the same collection.
  const letters = stack.db.collection<DeadLetter>('dead_letters')
  const [one] = await letters.find({}).toArray()
  const id = 'reporting-projection/daybook.tasks/0/1'
  await letters.insertOne({
    ...one,
    _id: id,
    group: 'reporting-projection',
    topic: 'daybook.tasks',
  } as DeadLetter)
  t.equal((await list()).length, 1)
  t.equal((await operator(`/dead-letters/${encodeURIComponent(id)}`)).status, 404)
})
