import { makeStack, until } from '@daybook/shared/testing'
import { type Test, test } from 'tap'
import { makeJobs, onlyWorker, watchLane } from '../../support/dispatching.ts'
import { makeWorker } from '../../support/job-workers.ts'

async function setUp(t: Test) {
  const stack = await makeStack(t)
  const jobs = await makeJobs(t, stack)
  return { stack, ...jobs, sent: await watchLane(t, stack) }
}

/** Waits until the dispatcher has looked again, which a job on another lane shows. */
async function anotherTurn({ add, beat, read }: Awaited<ReturnType<typeof setUp>>): Promise<void> {
  const id = `probe-${Math.random()}`
  const lanes = [{ lane: 'probe', partitions: [0] }]
  await beat(makeWorker(`of ${id}`, { lanes, kinds: ['probe'], slots: 1000 }))
  await add({ _id: id, lane: 'probe', kind: 'probe' })
  await until('the dispatcher looked again', async () => (await read(id)).state === 'sent')
}

test('a ready job is sent to a partition of its worker, with all that the worker needs', async t => {
  const { dispatch, add, beat, read, sent } = await setUp(t)
  await beat(makeWorker('w', { lanes: [{ lane: 'default', partitions: [2] }] }))
  await add({ _id: 'a', key: 'customer', data: '{"invoice":[4711]}', failures: 2, attempt: 2 })
  await dispatch()
  const [due] = await until('it is published', () => sent().length > 0 && sent())
  const job = await read('a')
  t.match(job, { state: 'sent', attempt: 3, worker: 'w' })
  t.equal(due?.partition, 2)
  t.match(due?.value, {
    job: 'a',
    attempt: 3,
    kind: 'k',
    lane: 'default',
    data: { invoice: [4711] },
    key: 'customer',
    failures: 2,
    startBy: job.startBy?.toISOString(),
    timeoutMs: 300_000,
    softTimeoutMs: 240_000,
    strict: false,
  })
})

test('jobs are sent by priority and by how long they have waited', async t => {
  const { dispatch, add, beat, read, base, sent, endAll } = await setUp(t)
  const ago = (minutes: number) => new Date(base.now().getTime() - minutes * 60_000)
  await add(
    { _id: 'ordinary', priority: 3 },
    { _id: 'waited', priority: 5, dueAt: ago(16) },
    { _id: 'urgent', priority: 1 },
    { _id: 'least', priority: 5 },
  )
  await beat(onlyWorker({ slots: 1 }))
  await dispatch({ sentAheadMs: 0 })
  const order = ['urgent', 'waited', 'ordinary', 'least']
  for (const id of order) {
    await until(`${id} is sent`, async () => (await read(id)).state === 'sent')
    await endAll('w')
  }
  await until('all are published', () => sent().length === 4)
  t.strictSame(
    sent()
      .toSorted((a, b) => (a.startBy < b.startBy ? -1 : 1))
      .map(({ job }) => job),
    order,
  )
})

test('under a full load of priority 1 a job of priority 5 is sent once it has waited for 20 minutes', async t => {
  const { dispatch, add, beat, read, base, count, endAll } = await setUp(t)
  const ago = (minutes: number) => new Date(base.now().getTime() - minutes * 60_000)
  const load = Array.from({ length: 100 }, () => ({ priority: 1 }))
  await add(
    ...load,
    { _id: 'waited', priority: 5, dueAt: ago(21) },
    { _id: 'waits', priority: 5, dueAt: ago(19) },
  )
  await beat(onlyWorker({ slots: 10 }))
  await dispatch({ sentAheadMs: 0 })
  for (const left of [92, 82]) {
    await until('the slots are filled', async () => (await count({ state: 'ready' })) === left)
    t.equal((await read('waits')).state, 'ready')
    t.not((await read('waited')).state, 'ready')
    await endAll('w')
  }
})

test('no more is sent than the slots of a worker, until attempts end', async t => {
  const jobs = await setUp(t)
  const { dispatch, add, beat, count, endAll } = jobs
  await add(...Array.from({ length: 20 }, () => ({})))
  await beat(onlyWorker({ slots: 4 }))
  await dispatch({ sentAheadMs: 0 })
  await until('the slots are filled', async () => (await count({ state: 'sent' })) === 4)
  await anotherTurn(jobs)
  t.equal(await count({ state: 'sent', worker: 'w' }), 4)
  await endAll('w')
  await until('the slots are filled again', async () => (await count({ state: 'sent', worker: 'w' })) === 4)
  t.equal(await count({ state: 'ready' }), 12)
})

test('a delayed job is sent when it is due, on the present lane of its kind', async t => {
  const { dispatch, add, beat, read, base, rules } = await setUp(t)
  await beat(onlyWorker({ kinds: ['k', 'moved'] }))
  const soon = new Date(base.now().getTime() + 700)
  rules.set('moved', { lane: 'default' })
  await add({ _id: 'soon', dueAt: soon }, { _id: 'moved', kind: 'moved', lane: 'old', dueAt: soon })
  await dispatch()
  for (const id of ['soon', 'moved']) {
    await until(`${id} is sent`, async () => (await read(id)).state === 'sent')
    const { sentAt = new Date(0), lane } = await read(id)
    t.ok(sentAt >= soon, `${id} is not sent before it is due`)
    t.equal(lane, 'default')
  }
})

test('a delayed job with a gate is held when it is due, until its gate is free', async t => {
  const { dispatch, add, read, base } = await setUp(t)
  const freed: string[] = []
  base.signals.on('gatesFreed', gates => freed.push(...gates))
  await add({ _id: 'keyed', state: 'delayed', gate: 'key:k/a' }, { _id: 'other', state: 'delayed' })
  await dispatch()
  await until('both are due', async () => (await read('other')).state === 'ready' && freed.length > 0)
  t.equal((await read('keyed')).state, 'held')
  t.strictSame(freed, ['key:k/a'])
})

test('ready jobs move to the new lane of their kind', async t => {
  const { dispatch, add, beat, read, rules } = await setUp(t)
  rules.set('k', { lane: 'default' })
  await add({ _id: 'a', lane: 'former' })
  await beat(onlyWorker())
  await dispatch({ leftAfterMs: 50 })
  await until('it is sent', async () => (await read('a')).state === 'sent')
  t.equal((await read('a')).lane, 'default')
})

test('a job goes only to a worker that knows its kind', async t => {
  const jobs = await setUp(t)
  const { dispatch, add, beat, read } = jobs
  await beat(
    makeWorker('old', { kinds: ['k'], slots: 100 }),
    makeWorker('new', { kinds: ['k', 'added'], slots: 1 }),
  )
  await add({ _id: 'a', kind: 'added' }, { _id: 'b', kind: 'unknown' })
  await dispatch()
  await until('the job of the new kind is sent', async () => (await read('a')).state === 'sent')
  await anotherTurn(jobs)
  t.equal((await read('a')).worker, 'new')
  t.equal((await read('b')).state, 'ready')
})

test('nothing is sent to a paused kind, to a quiet worker or to one whose lease has ended', async t => {
  const jobs = await setUp(t)
  const { dispatch, add, beat, count, rules } = jobs
  rules.set('paused', { paused: true })
  await beat(
    onlyWorker({ kinds: ['paused'] }),
    makeWorker('quiet', { state: 'quiet' }),
    makeWorker('lost', { lostAt: new Date() }),
    makeWorker('silent', { beatAt: new Date(Date.now() - 40_000) }),
  )
  await add({ kind: 'paused' }, {})
  await dispatch()
  await anotherTurn(jobs)
  t.equal(await count({ state: 'ready' }), 2)
  rules.clear()
  await until('the job is sent after the pause', async () => (await count({ state: 'ready' })) === 1)
})

test('a suspect has its worker for itself', async t => {
  const jobs = await setUp(t)
  const { dispatch, add, beat, read, count, endAll } = jobs
  await beat(onlyWorker())
  await add({ _id: 'running', state: 'running', worker: 'w', attempt: 1 })
  await add({ _id: 'suspect', suspect: true, attempt: 1 }, {}, {})
  await dispatch()
  await anotherTurn(jobs)
  t.equal((await read('suspect')).state, 'ready', 'it waits until the worker has nothing else')
  t.equal(await count({ state: 'ready' }), 3, 'the worker is reserved')
  await endAll('w')
  await until('the suspect is sent', async () => (await read('suspect')).state === 'sent')
  await anotherTurn(jobs)
  t.equal(await count({ state: 'ready' }), 2, 'the worker gets nothing else')
  await endAll('w')
  await until('the others are sent', async () => (await count({ state: 'ready' })) === 0)
})

test('limits admit a suspect before other jobs, because it keeps a worker from them', async t => {
  const { dispatch, add, beat, base } = await setUp(t)
  await beat(makeWorker('v'), makeWorker('w'))
  const earlier = new Date(base.now().getTime() - 60_000)
  await add({ _id: 'earlier', dueAt: earlier }, { _id: 'suspect', suspect: true, attempt: 1 })
  const asked: string[][] = []
  const admit = async (jobs: readonly { _id: string }[]) => {
    asked.push(jobs.map(({ _id }) => _id))
    return []
  }
  await dispatch({ admission: { admit } })
  await until('the dispatcher has asked', () => asked.length > 0)
  t.strictSame(asked[0], ['suspect', 'earlier'])
})

test('partitions that do not exist are not used', async t => {
  const { dispatch, add, beat, sent } = await setUp(t)
  await beat(makeWorker('w', { lanes: [{ lane: 'default', partitions: [77, 1] }] }))
  await dispatch()
  await add({}, {}, {})
  await until('all are published', () => sent().length === 3)
  t.strictSame([...new Set(sent().map(({ partition }) => partition))], [1])
})
