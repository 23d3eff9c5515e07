import { test } from 'tap'
import { makeKindApi, type Refusal, type View } from '../../../support/kind-api.ts'

const code = (name: string) => `urn:daybook:error:DAYBOOK_${name}`

test('a kind is defined, changed, read, listed and deleted, and its versions continue', async t => {
  const { operator, put, kinds } = await makeKindApi(t)
  const mail = { lane: 'mail', rate: { limit: 100, per: 'PT1M' }, perKey: 1, timeout: 'none' }
  const made = await put('/kinds/send-invoice', mail, { 'if-none-match': '*' })
  t.match(
    [made.status, made.headers.get('location'), made.headers.get('etag')],
    [201, '/kinds/send-invoice', '"1"'],
  )
  t.match(made.body, { name: 'send-invoice', version: 1, changedBy: 'operator', definition: mail })
  t.match(await kinds.get('send-invoice'), {
    lane: 'mail',
    version: 1,
    attempts: 10,
    timeoutMs: null,
    rate: { limit: 100, perMs: 60_000, burst: 1, windowMs: 1000 },
  })

  const same = await put('/kinds/send-invoice', made.body.definition)
  t.match([same.status, same.headers.get('etag')], [200, '"1"'], 'the same definition again changes nothing')
  const changed = await put('/kinds/send-invoice', { paused: true }, { 'if-match': '"1"' })
  t.match([changed.status, changed.headers.get('etag')], [200, '"2"'])
  t.match(await kinds.get('send-invoice'), { paused: true, lane: 'default' }, 'the change holds at once here')

  const stale = { 'if-match': '"1"' }
  for (const refused of [
    await put<Refusal>('/kinds/send-invoice', mail, stale),
    await put<Refusal>('/kinds/send-invoice', mail, { 'if-none-match': '*' }),
    await put<Refusal>('/kinds/other', mail, { 'if-match': '*' }),
    await operator<Refusal>('/kinds/send-invoice', { method: 'DELETE', headers: stale }),
  ])
    t.match([refused.status, refused.body.type], [412, code('KIND_CHANGED')])

  await put('/kinds/a', {})
  const first = await operator<{ kinds: View[]; nextAfter: string | null }>('/kinds?limit=1')
  t.match([first.body.kinds.map(({ name }) => name), first.body.nextAfter], [['a'], 'a'])
  const rest = await operator<{ kinds: View[]; nextAfter: string | null }>('/kinds?limit=1&after=a')
  t.match([rest.body.kinds.map(({ name }) => name), rest.body.nextAfter], [['send-invoice'], null])

  const found = async (q: string) =>
    (await operator<{ kinds: View[] }>(`/kinds?q=${q}`)).body.kinds.map(({ name }) => name)
  t.strictSame([await found('INVOICE'), await found('.')], [['send-invoice'], []])

  t.equal((await operator('/kinds/send-invoice', { method: 'DELETE' })).status, 204)
  for (const options of [{}, { method: 'DELETE' }]) {
    const gone = await operator<Refusal>('/kinds/send-invoice', options)
    t.match([gone.status, gone.body.type], [404, code('KIND_NOT_FOUND')])
  }
  t.match(await kinds.get('send-invoice'), { version: 0, paused: false })
  t.equal((await put('/kinds/send-invoice', mail)).body.version, 4)
})

test('only operators change kinds, and those who add jobs read them', async t => {
  const { put, as } = await makeKindApi(t)
  await put('/kinds/k', {})
  await put('/limits/l', { inFlight: 1 })
  const [adder, nobody] = [await as('jobs'), await as()]
  for (const path of ['/kinds/k', '/limits/l']) {
    t.equal((await adder(path)).status, 200)
    t.equal((await nobody(path)).status, 403)
    t.equal((await adder(path, { method: 'PUT', body: { inFlight: 2 } })).status, 403)
    t.equal((await adder(path, { method: 'DELETE' })).status, 403)
  }
})

test('all faults of a kind are reported together, each with a pointer', async t => {
  const { faultsOf, kinds } = await makeKindApi(t)
  const faults = await faultsOf('/kinds/k', {
    lane: 'Two Words',
    attempts: 101,
    backoff: { initial: 'PT1H', cap: 'PT1M' },
    timeout: 'never',
    softTimeout: 'PT9M',
    rate: { limit: 0, per: 'PT1S' },
    inFlight: 0,
    perKey: 1.5,
    mailTo: ['nobody'],
    limits: ['missing'],
    schema: { type: 'objekt' },
    colour: 'red',
  })
  t.match(faults, {
    '/lane': /a-z/,
    '/attempts': /100/,
    '/backoff/cap': /initial/,
    '/timeout': /none/,
    '/softTimeout': /timeout/,
    '/rate/limit': /must be 1 or more; to stop a kind/,
    '/inFlight': /must be 1 or more/,
    '/perKey': /integer/,
    '/mailTo/0': /e-mail/,
    '/limits/0': /PUT \/limits\/missing/,
    '/schema/type': /must be/,
    '/colour': /not known/,
  })
  t.match(await faultsOf('/kinds/k', { rate: { limit: 1, per: 'PT1S', window: 'PT2S' } }), {
    '/rate/window': /per/,
  })
  t.match(await faultsOf('/kinds/k', { timeout: 'PT1M', softTimeout: 'PT2M' }), { '/softTimeout': /timeout/ })
  t.equal((await kinds.get('k')).version, 0)
})

test('a shared limit cannot be deleted while a kind names it', async t => {
  const { operator, put, faultsOf } = await makeKindApi(t)
  const made = await put('/limits/disk', { inFlight: 4 })
  t.match(
    [made.status, made.headers.get('location'), made.body.definition],
    [201, '/limits/disk', { inFlight: 4 }],
  )
  await put('/kinds/backup', { limits: ['disk'] })
  const used = await operator<Refusal>('/limits/disk', { method: 'DELETE' })
  t.match([used.status, used.body.type, used.body.detail], [409, code('LIMIT_IN_USE'), /backup/])
  await put('/kinds/backup', {})
  t.equal((await operator('/limits/disk', { method: 'DELETE' })).status, 204)
  t.match((await operator<Refusal>('/limits/disk')).body.type, code('LIMIT_NOT_FOUND'))
  t.match(await faultsOf('/kinds/backup', { limits: ['disk'] }), { '/limits/0': /names no limit/ })
  t.match(await faultsOf('/limits/l', {}), { '': 'must have exactly one of rate, inFlight; it has none' })
  t.match(await faultsOf('/limits/l', { inFlight: 1, rate: { limit: 0, per: 'PT1S' } }), {
    '': /it has rate, inFlight/,
    '/rate/limit': /1 or more/,
  })
  const { body } = await operator<{ limits: View[] }>('/limits')
  t.strictSame(body.limits, [])
})

test('the data of jobs are checked by the schema of their kind', async t => {
  const { put, kinds } = await makeKindApi(t)
  const schema = {
    type: 'object',
    properties: { invoice: { type: 'integer' }, $ref: { type: 'string' } },
    required: ['invoice'],
  }
  t.equal((await put('/kinds/k', { schema })).status, 201)
  const check = async (data: unknown) => kinds.validateData(await kinds.get('k'), data)
  t.strictSame(await check({ invoice: 1 }), [])
  t.match(await check({ invoice: 'x' }), [{ pointer: '/invoice', detail: 'must be integer' }])
  await put('/kinds/k', { schema: { type: 'string' } })
  t.strictSame(await check('x'), [], 'the new version of the schema holds')
  t.strictSame(kinds.validateData(await kinds.get('other'), { any: 1 }), [])
})
