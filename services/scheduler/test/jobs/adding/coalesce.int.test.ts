import { test } from 'tap'
import { makeAdding } from '../../support/adding.ts'
import { end, send } from '../../support/job-life.ts'

const request = (n: number, more: object = {}) => ({
  kind: 'index',
  key: 'page',
  coalesce: {},
  data: n,
  ...more,
})

test('requests of one key become one waiting job with the newest data', async t => {
  const { add, jobs } = await makeAdding(t)
  const [first] = await add(request(1, { in: 'PT1H' }))
  t.match(await add(request(2, { in: 'PT2H', priority: 1 })), [{ id: first?.id, status: 'coalesced' }])
  t.match(await add(request(3, { key: 'other', in: 'PT1H' })), [{ status: 'added' }])
  const [job] = await jobs()
  t.match(job, { data: '2', state: 'delayed', priority: 1 })
  t.ok(Number(job?.dueAt) > Number(job?.addedAt) + 7_199_000, 'the newest request puts it off')
  await add(request(4))
  t.match((await jobs())[0], { data: '4', state: 'ready' })
})

test('requests of different requesters do not become one job', async t => {
  const { adding, jobs } = await makeAdding(t)
  const [mine] = await adding.add([{ owner: 'alice', request: request(1) }])
  t.match(await adding.add([{ owner: 'bob', request: request(2) }]), [{ status: 'added' }])
  t.match(await adding.add([{ owner: 'alice', request: request(3) }]), [
    { id: mine?.id, status: 'coalesced' },
  ])
  t.match(
    (await jobs()).map(({ owner, data }) => [owner, data]),
    [
      ['alice', '3'],
      ['bob', '2'],
    ],
  )
})

test('a job is put off to no later than maxDelay after the first request', async t => {
  const { add, jobs } = await makeAdding(t)
  const coalesce = { maxDelay: 'PT90M' }
  await add(request(1, { in: 'PT1H', coalesce }))
  await add(request(2, { in: 'PT1H', coalesce }))
  await add(request(3, { in: 'PT3H', coalesce }))
  const [job] = await jobs()
  t.equal(Number(job?.dueAt) - Number(job?.firstRequestedAt), 5_400_000)
})

test('a job that is due keeps its turn while requests go on', async t => {
  const { add, jobs } = await makeAdding(t)
  await add(request(1))
  const [before] = await jobs()
  await add(request(2))
  t.match(await jobs(), [{ data: '2', rank: before?.rank, dueAt: before?.dueAt, state: 'ready' }])
})

test('a waiting job with a gate is held when a request makes it due', async t => {
  const { base, add, jobs } = await makeAdding(t, { index: { perKey: 1 } })
  const freed: string[] = []
  base.signals.on('gatesFreed', gates => freed.push(...gates))
  await add(request(1, { in: 'PT1H' }))
  await add(request(2))
  t.match(await jobs(), [{ data: '2', state: 'held' }])
  t.strictSame(freed, ['key:index/page'])
  await base.jobs.updateMany({}, { $set: { state: 'ready' } })
  await add(request(3))
  t.match(await jobs(), [{ data: '3', state: 'ready' }], 'it keeps its turn')
})

test('while many clients ask for runs of a key, a run starts after the last request', async t => {
  const { base, add, jobs } = await makeAdding(t)
  const clients = { asking: 64 }
  // The order of what happens: each request and each start takes the next number.
  let [step, lastRequest, lastStart] = [0, 0, 0]

  async function ask(client: number): Promise<void> {
    for (let i = 0; i < 4; i += 1) {
      step += 1
      lastRequest = step
      await add(request(client * 100 + i))
    }
    clients.asking -= 1
  }
  async function run(): Promise<void> {
    for (;;) {
      const isLast = clients.asking === 0
      const ready = await base.jobs.find({ state: 'ready' }, { _id: 1 }).lean()
      t.ok(ready.length <= 1, 'at most one job waits')
      for (const { _id } of ready) {
        step += 1
        lastStart = step
        await send(base, _id)
        await end(base, [_id])
      }
      if (isLast) return
    }
  }
  await Promise.all([run(), ...Array.from({ length: 64 }, (_, i) => ask(i))])
  t.ok(lastStart > lastRequest)
  const all = await jobs()
  t.ok(all.length < 256, 'requests became one job')
  t.match(
    all,
    all.map(() => ({ state: 'succeeded' })),
  )
})

test('a chosen id that was coalesced is not coalesced again', async t => {
  const { base, add, jobs } = await makeAdding(t)
  const [first] = await add(request(1))
  t.match(await add(request(2), 'mine'), [{ id: first?.id, status: 'coalesced' }])
  await send(base, first?.id ?? '')
  t.match(await add(request(2), 'mine'), [{ id: first?.id, status: 'exists' }])
  await t.rejects(add(request(3), 'mine'), { code: 'DAYBOOK_JOB_CONFLICT' })
  t.equal((await jobs()).length, 1)
})
