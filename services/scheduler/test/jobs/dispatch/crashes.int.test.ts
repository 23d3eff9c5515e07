import { laneTopic } from '@daybook/shared/events'
import { LONG, makeStack, until } from '@daybook/shared/testing'
import { type Test, test } from 'tap'
import { defaultKind } from '../../../src/jobs/kinds/kind.ts'
import { openAdmission } from '../../../src/jobs/limits/open-admission.ts'
import { makeJobs, onlyWorker, type TestJobs, watchLane } from '../../support/dispatching.ts'

// So many jobs of a key stand beside as many keys.
const THOUSANDS = LONG ? 20 : 2

async function setUp(t: Test) {
  const stack = await makeStack(t)
  const jobs = await makeJobs(t, stack)
  return { stack, ...jobs, sent: await watchLane(t, stack) }
}

test('what a dispatcher recorded as sent before it died is published by another one', async t => {
  const { dispatch, add, beat, base, stack, sent } = await setUp(t)
  await beat(onlyWorker())
  const at = new Date(base.now().getTime() - 10_000)
  await stack.db.collection<{ _id: string; at: Date }>('job_dispatches').insertOne({ _id: 'left', at })
  const attempt = { state: 'sent', attempt: 1, worker: 'w', dispatch: 'left', sentAt: at } as const
  const soon = new Date(Date.now() + 60_000)
  await add(
    { _id: 'a', ...attempt, startBy: soon },
    { _id: 'too-late', ...attempt, startBy: new Date(Date.now() - 1000) },
    { _id: 'running', ...attempt, startBy: soon, state: 'running' },
  )
  await dispatch({ leftAfterMs: 50 })
  await until('the note is removed', async () => {
    return (await stack.db.collection('job_dispatches').countDocuments()) === 0
  })
  await until('it is published', () => sent().length > 0)
  t.match(sent(), [{ job: 'a', attempt: 1 }])
  t.equal(sent().length, 1)
})

test('a dispatcher that dies between its record and Kafka loses nothing', async t => {
  const { dispatch, add, beat, kafka, read, sent, stack } = await setUp(t)
  await beat(onlyWorker())
  const hold = Promise.withResolvers<{ appendedAt: undefined }>()
  await add({ _id: 'a' })
  await dispatch({ kafka: { ...kafka, publish: () => hold.promise }, leftAfterMs: 3_600_000 })
  await until('it is recorded as sent', async () => (await read('a')).state === 'sent')
  await stack.db.collection('job_dispatchers').deleteMany({})
  await dispatch({ leftAfterMs: 50 })
  await until('another dispatcher publishes it', () => sent().length > 0)
  hold.resolve({ appendedAt: undefined })
  t.match(sent()[0], { job: 'a', attempt: 1 })
})

test('dispatchers that run at the same time send no job as two attempts', async t => {
  const { dispatch, add, beat, base, count, endAll, sent, stack } = await setUp(t)
  await beat(onlyWorker({ slots: 50 }))
  await dispatch()
  // The second one has the lease too, as a dispatcher has that was suspended and continues.
  const steal = () => stack.db.collection('job_dispatchers').deleteMany({})
  await steal()
  await dispatch()
  await add(...Array.from({ length: 500 }, () => ({})))
  await until('all jobs are sent', async () => {
    await steal()
    base.signals.emit('work', undefined)
    await endAll('w')
    return (await count({ state: 'succeeded' })) === 500
  })
  await until('all are published', () => new Set(sent().map(({ job }) => job)).size === 500)
  t.ok(sent().every(({ attempt }) => attempt === 1))
})

test('jobs for tomorrow, and jobs that have ended, are not examined', async t => {
  const { dispatch, add, beat, base, read } = await setUp(t)
  const tomorrow = new Date(base.now().getTime() + 86_400_000)
  await add(...Array.from({ length: 5000 }, () => ({ dueAt: tomorrow })))
  await add(...Array.from({ length: 5000 }, () => ({ state: 'succeeded' as const })))
  await beat(onlyWorker())
  const searches = watchSearches(base.jobs)
  await add({ _id: 'now' })
  await dispatch()
  await until('the job for now is sent', async () => (await read('now')).state === 'sent')
  await examineLittle(t, searches)
})

test('beside a key with many jobs, keys with a ready job each are not examined', async t => {
  const { dispatch, add, beat, base, read } = await setUp(t)
  const kinds = {
    getMany: async () => new Map([['k', { ...defaultKind, name: 'k', perKey: 1 }]]),
    limits: { getMany: async () => new Map() },
  }
  const [first, gate] = [new Date(base.now().getTime() - 1000), 'key:k/many']
  await add(...Array.from({ length: 1000 * THOUSANDS }, () => ({ gate, state: 'held' as const })))
  await add(...Array.from({ length: 1000 * THOUSANDS }, (_, i) => ({ gate: `key:k/${i}` })))
  await beat(onlyWorker({ slots: 2 }))
  const searches = watchSearches(base.jobs)
  await add({ _id: 'next', gate, dueAt: first })
  await dispatch({ kinds, admission: openAdmission(base, kinds) })
  await until('the next job of the key is sent', async () => (await read('next')).state === 'sent')
  await examineLittle(t, searches)
})

/** Tests that searches examine little of what is stored. */
async function examineLittle(t: Test, searches: ReturnType<typeof watchSearches>): Promise<void> {
  t.ok(searches.length >= 3)
  for (const search of [...searches]) {
    const { executionStats: cost } = await search.clone().explain('executionStats')
    t.ok(cost.totalKeysExamined <= 20, `at most 20 keys: ${cost.totalKeysExamined}`)
    t.ok(cost.totalDocsExamined <= 10, `at most 10 documents: ${cost.totalDocsExamined}`)
  }
}

/** The cursors of all searches of jobs, in an array that grows. */
function watchSearches({ collection }: TestJobs['base']['jobs']) {
  const searches: ReturnType<typeof collection.find>[] = []
  const find = collection.find.bind(collection)
  collection.find = ((...given: Parameters<typeof find>) => {
    const cursor = find(...given)
    searches.push(cursor)
    return cursor
  }) as typeof find
  return searches
}

test('the topic of a lane is created when a worker first reads the lane', async t => {
  const { dispatch, beat, kafka } = await setUp(t)
  await beat(onlyWorker({ lanes: [{ lane: 'new', partitions: [] }] }))
  await dispatch({ lanePartitions: 3 })
  await until('the topic exists', async () => (await kafka.countPartitions(laneTopic('new', 3).name)) === 3)
  t.pass()
})
