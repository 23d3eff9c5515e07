import { randomUUID } from 'node:crypto'
import { jobTopics, toMessage } from '@daybook/shared/events'
import { connectKafka } from '@daybook/shared/kafka'
import { makeStack, silent, until, watchTopic } from '@daybook/shared/testing'
import kafkajs from 'kafkajs'
import { test } from 'tap'
import { beat, report, storedJob } from '../../support/outcomes.ts'
import { startScheduler } from '../../support/scheduler.ts'

test('a scheduler follows workers by Kafka', async t => {
  const stack = await makeStack(t)
  const scheduler = await startScheduler(t, stack, { TIME_ZONES: 'UTC', JOB_LEASE_SECONDS: '3' })
  await until('the scheduler is ready', scheduler.isReady)
  const kafka = await connectKafka({
    brokers: stack.brokers,
    prefix: stack.prefix,
    service: 'test',
    topics: [],
    log: silent,
    onCrash: error => t.fail('crashed', { error }),
  })
  t.teardown(() => kafka.close())
  const control = await watchTopic(t, stack, jobTopics.control.name)
  const finished = await watchTopic(t, stack, jobTopics.finished.name)
  const jobs = stack.db.collection<{ _id: string; state: string }>('jobs')
  const stateOf = async (id: string) => (await jobs.findOne({ _id: id }))?.state
  const [w, v] = [randomUUID(), randomUUID()]
  const send = (worker: string, ...reports: ReturnType<typeof report>[]) =>
    kafka.publish(
      jobTopics.results.name,
      reports.map(event => toMessage(event, worker)),
    )
  const of = (worker: string, job: string) => ({ worker, job, attempt: 1 })
  const startBy = new Date(Date.now() + 600_000)

  await t.test('what is no event is parked, and everything behind it is applied', async t => {
    await jobs.insertOne(storedJob('a', { startBy }) as never)
    const producer = new kafkajs.Kafka({ brokers: stack.brokers, logLevel: 0 }).producer()
    await producer.connect()
    const messages = [{ key: w, value: 'no JSON' }]
    await producer.send({ topic: stack.prefix + jobTopics.results.name, messages })
    await producer.disconnect()
    await send(w, beat(w, 0), report('JobStarted', of(w, 'a'), 0), report('JobSucceeded', of(w, 'a'), 0))
    await until('the job has succeeded', async () => (await stateOf('a')) === 'succeeded')
    await until('JobFinished is published', () => finished.length > 0)
    t.match(finished, [{ key: 'a', value: { job: 'a', state: 'succeeded' } }])
    const letters = await stack.db.collection('dead_letters').find({}).toArray()
    t.match(letters, [{ topic: jobTopics.results.name, group: 'scheduler-results' }])
  })

  await t.test('a second worker hears that it does not hold the attempt', async t => {
    await jobs.insertOne(storedJob('b', { startBy }) as never)
    await send(w, beat(w, 0), report('JobStarted', of(w, 'b'), 0))
    await until('it runs', async () => (await stateOf('b')) === 'running')
    await send(v, beat(v, 0), report('JobStarted', of(v, 'b'), 0))
    const told = await until('the second worker is told', () => control.find(({ key }) => key === v))
    t.match(told, { headers: { ce_type: 'LeaseLost' }, value: of(v, 'b') })
  })

  await t.test('the attempt of a worker without beats crashes', async t => {
    await until('the lease has ended', async () => (await stateOf('b')) === 'delayed')
    t.match(await jobs.findOne({ _id: 'b' }), { crashes: 1, attempts: [{ outcome: 'crashed' }] })
  })

  await t.test('an attempt that no worker starts is taken back', async () => {
    await jobs.insertOne(storedJob('c', { startBy: new Date() }) as never)
    const isTakenBack = { _id: 'c', attempts: { $elemMatch: { reason: 'not-started' } } }
    await until('it is taken back', async () => (await jobs.countDocuments(isTakenBack)) === 1)
  })
})
