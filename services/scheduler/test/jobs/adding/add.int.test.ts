import { test } from 'tap'
import { makeAdding } from '../../support/adding.ts'

test('a job is ready, or delayed until it is due, and the urgent one comes first', async t => {
  const { base, add, jobs } = await makeAdding(t)
  let woken = 0
  base.signals.on('work', () => {
    woken += 1
  })
  const [now] = await add({ kind: 'mail', data: { to: 'bob' } })
  t.equal(woken, 1)
  await add({ kind: 'mail', in: 'PT1H', key: 'bob' })
  await add({ kind: 'mail', at: '2020-01-01T00:00:00.000Z', priority: 1 })
  t.equal(now?.status, 'added')
  const [first, later, urgent] = await jobs()
  t.match(first, {
    _id: now?.id,
    state: 'ready',
    lane: 'default',
    data: '{"to":"bob"}',
    priority: 3,
    owner: 'alice',
  })
  t.match(later, { state: 'delayed', data: 'null', key: 'bob' })
  t.equal(Number(later?.dueAt) - Number(later?.addedAt), 3_600_000)
  t.match(urgent, { state: 'ready', dueAt: urgent?.addedAt })
  t.ok(Number(urgent?.rank) < Number(first?.rank))
  t.notOk('slot' in (first ?? {}) || 'fingerprint' in (first ?? {}) || 'expiresAt' in (first ?? {}))
})

test('a kind gives its jobs their lane, their gate and their expiry', async t => {
  const { add, jobs } = await makeAdding(t, { mail: { lane: 'slow', perKey: 1, expiresMs: 60_000 } })
  await add({ kind: 'mail', key: 'bob', in: 'PT1H' })
  const [job] = await jobs()
  t.match(job, { lane: 'slow', gate: 'key:mail/bob', expiryFrom: job?.addedAt })
  t.equal(Number(job?.expiresAt) - Number(job?.dueAt), 60_000)
})

test('a due job with a gate is held, and its gate is looked at at once', async t => {
  const { base, add, jobs } = await makeAdding(t, { mail: { perKey: 1 } })
  const freed: string[] = []
  base.signals.on('gatesFreed', gates => freed.push(...gates))
  await add({ kind: 'mail', key: 'later', in: 'PT1H' })
  await add({ kind: 'mail', key: 'bob' })
  t.match(await jobs(), [{ state: 'delayed' }, { state: 'held', gate: 'key:mail/bob' }])
  t.strictSame(freed, ['key:mail/bob'])
})

test('the same request twice under one id makes one job, and another request is refused', async t => {
  const { adding, add, jobs } = await makeAdding(t)
  const request = { kind: 'mail', data: { a: 1, b: 2 } }
  const answers = await Promise.all(Array.from({ length: 20 }, () => add(request, 'one')))
  t.equal(answers.filter(([one]) => one?.status === 'added').length, 1)
  t.match(await add({ data: { b: 2, a: 1 }, kind: 'mail' }, 'one'), [{ id: 'one', status: 'exists' }])
  for (const other of [
    { owner: 'alice', id: 'one', request: { ...request, data: { a: 1, b: 3 } } },
    { owner: 'bob', id: 'one', request },
  ])
    await t.rejects(adding.add([{ owner: 'alice', request: { kind: 'new' } }, other]), {
      code: 'DAYBOOK_JOB_CONFLICT',
    })
  t.equal((await jobs()).length, 1, 'nothing of a refused request is added')
})

test('a request that is not valid adds nothing, and each fault has a pointer', async t => {
  const { adding, jobs } = await makeAdding(t, { strict: { schema: { type: 'number' } } })
  const requests = [
    { kind: 'mail' },
    { kind: 'strict', data: 'text', then: { kind: 'strict', data: 1, then: { kind: 'strict' } } },
    { kind: 'mail', in: 'P400D' },
  ]
  const refused = adding.add(requests.map(request => ({ owner: 'alice', request })))
  await t.rejects(refused, {
    code: 'DAYBOOK_REQUEST_INVALID',
    faults: [
      { pointer: '/1/data', detail: 'must be number' },
      { pointer: '/1/then/then/data', detail: 'must be number' },
      { pointer: '/2/in', detail: 'must be at most a year ahead' },
    ],
  })
  t.strictSame(await jobs(), [])
})

test('requests that arrive together are written together', async t => {
  const { base, add, jobs } = await makeAdding(t)
  const { collection } = base.jobs
  const inserts = t.capture(collection, 'insertMany', collection.insertMany)
  await Promise.all(Array.from({ length: 300 }, (_, i) => add({ kind: 'mail', data: i })))
  t.equal((await jobs()).length, 300)
  const { length } = inserts()
  t.ok(length === 1 || length === 2)
})
