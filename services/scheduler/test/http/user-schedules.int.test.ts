import { client, makeStack, token } from '@daybook/shared/testing'
import { test } from 'tap'
import { makeScheduler, type Refusal, type ScheduleView, schedulesOf } from '../support/scheduler.ts'

const code = (name: string) => `urn:daybook:error:DAYBOOK_${name}`
const timeZones = ['Asia/Kolkata', 'Europe/Berlin', 'UTC']
const workdays = { cron: '30 9 * * 1-5', timeZone: 'Europe/Berlin' }

test('a schedule is created, changed, paused, resumed and deleted, and the audit lists each change', async t => {
  const stack = await makeStack(t)
  const { operator, put, post, get } = await makeScheduler(t, stack)

  const made = await put('stand-up', workdays, { 'if-none-match': '*' })
  t.equal(made.status, 201)
  t.match(made.headers.get('location'), '/schedules/stand-up')
  t.equal(made.headers.get('etag'), '"1"')
  t.match(made.body, {
    name: 'stand-up',
    kind: 'user',
    version: 1,
    timeZone: 'Europe/Berlin',
    definition: { ...workdays, paused: false, catchUp: 'all', catchUpWindow: 'P7D' },
    nextFireAtLocal: /T09:30:00\.000\+0[12]:00$/,
    stats: { fired: 0, missed: 0, caughtUp: 0, lastSlot: null, lastFiredAt: null, lateMs: null },
  })
  t.strictSame(await get('stand-up'), made.body)

  const same = await put('stand-up', made.body.definition)
  t.equal(same.status, 200)
  t.strictSame(same.body, made.body, 'a definition that is read and put again changes nothing')

  const changed = await put('stand-up', { ...workdays, data: { room: 7 } }, { 'if-match': '"1"' })
  t.match([changed.status, changed.headers.get('etag')], [200, '"2"'])
  t.equal(changed.body.nextSlot, made.body.nextSlot)

  const paused = await post('stand-up/pause')
  t.match(paused.body, { version: 3, nextSlot: null, nextFireAt: null, definition: { paused: true } })
  t.equal((await post('stand-up/pause')).body.version, 3, 'pausing a paused schedule changes nothing')
  const resumed = await post('stand-up/resume', { 'if-match': '"3"' })
  t.match(resumed.body, { version: 4, nextSlot: made.body.nextSlot, definition: { paused: false } })

  const deleted = await operator('/schedules/stand-up', { method: 'DELETE' })
  t.equal(deleted.status, 204)
  t.equal((await operator('/schedules/stand-up')).status, 404)
  t.equal((await operator('/schedules/stand-up', { method: 'DELETE' })).status, 404)
  const again = await put('stand-up', { every: 'PT1H' })
  t.match([again.status, again.body.version], [201, 6], 'versions continue under a name that was used before')

  type Changes = { changes: { version: number; action: string; by: string; definition: object }[] }
  const { body: audit } = await operator<Changes>('/schedules/stand-up/changes')
  t.strictSame(
    audit.changes.map(({ version, action, by }) => [version, action, by]),
    [
      [6, 'created', 'operator'],
      [5, 'deleted', 'operator'],
      [4, 'resumed', 'operator'],
      [3, 'paused', 'operator'],
      [2, 'changed', 'operator'],
      [1, 'created', 'operator'],
    ],
  )
  t.match(audit.changes[5]?.definition, { ...workdays, data: undefined }, 'each entry has its definition')
  t.match(audit.changes[2]?.definition, { ...workdays, data: { room: 7 }, paused: false })
  const { body: newest } = await operator<Changes>('/schedules/stand-up/changes?limit=1')
  t.equal(newest.changes.length, 1)
})

test('a request with a precondition on another version is rejected and changes nothing', async t => {
  const stack = await makeStack(t)
  const { operator, put, post, get } = await makeScheduler(t, stack)
  await put('s', { every: 'PT1H' })
  await put('s', { every: 'PT2H' })
  const stale = { 'if-match': '"1"' }
  const refusals = [
    await put<Refusal>('s', { every: 'PT3H' }, stale),
    await put<Refusal>('s', { every: 'PT3H' }, { 'if-none-match': '*' }),
    await put<Refusal>('new', { every: 'PT3H' }, { 'if-match': '*' }),
    await post<Refusal>('s/pause', stale),
    await post<Refusal>('s/resume', stale),
    await post<Refusal>('s/fire', stale),
    await operator<Refusal>('/schedules/s', { method: 'DELETE', headers: stale }),
  ]
  for (const { status, body } of refusals) t.match([status, body.type], [412, code('SCHEDULE_CHANGED')])
  t.match(await get('s'), { version: 2, definition: { every: 'PT2H' } })
  t.equal((await operator('/schedules/new')).status, 404)
})

test('all faults of a definition are reported together, each with a pointer', async t => {
  const stack = await makeStack(t)
  const { put } = await makeScheduler(t, stack, { minInterval: 60_000 })
  const pointersOf = async (body: unknown) => {
    const answer = await put<Refusal>('s', body)
    t.match([answer.status, answer.body.type], [400, code('REQUEST_INVALID')])
    return (answer.body.errors ?? []).map(({ pointer }) => pointer).sort()
  }
  const body = {
    cron: '61 * * * *',
    timeZone: 'Mars/Base',
    exclude: ['2026-02-30', { from: '2026-12-24' }, { from: '2026-12-26', to: '2026-12-25' }],
    jitter: 5,
    catchUp: 'some',
    catchUpWindow: 'P1Y',
    end: 'tomorrow',
    data: [],
    at: '2027-01-01T00:00:00+01:00',
    colour: 'red',
  }
  t.strictSame(await pointersOf(body), [
    '',
    '/at',
    '/catchUp',
    '/catchUpWindow',
    '/colour',
    '/cron',
    '/data',
    '/end',
    '/exclude/0',
    '/exclude/1/to',
    '/jitter',
    '/timeZone',
  ])
  t.strictSame(await pointersOf({ every: 'PT30S' }), ['/every'], 'slots are closer than the setting allows')
  t.strictSame(await pointersOf([]), [''])
  t.strictSame(await pointersOf(null), [''])
  const much = { every: 'PT1M', exclude: Array.from({ length: 1001 }, () => 'x'), jitter: 5 }
  t.ok(
    (await pointersOf(much)).includes('/exclude'),
    'the fault is reported although there are more faults than the answer lists',
  )
  const name = await put<Refusal>('two words', { every: 'PT1H' })
  t.match([name.status, name.body.errors?.[0]?.pointer], [400, '/params/name'])
  t.equal(await schedulesOf(stack).countDocuments({ kind: 'user' }), 0)
})

test('end-of-day schedules can be read and previewed, and only settings change them', async t => {
  const stack = await makeStack(t)
  const { operator, put, post, get } = await makeScheduler(t, stack, { timeZones })
  const name = 'end-of-day:Europe%2FBerlin'
  const berlin = await get(name)
  t.match(berlin, { name: 'end-of-day:Europe/Berlin', kind: 'end-of-day', stats: { fired: 0 } })
  type Next = { next: { slot: string; slotLocal: string; day: string }[] }
  const { body } = await operator<Next>(`/schedules/${name}/next?count=3`)
  t.equal(body.next.length, 3)
  t.match(body.next[0], {
    slot: berlin.nextFireAt,
    day: berlin.nextDay,
    slotLocal: /T00:00:00\.000\+0[12]:00$/,
  })
  t.match((await operator(`/schedules/${name}/changes`)).body, { changes: [] })

  const refusals = [
    await put<Refusal>(name, workdays),
    await put<Refusal>('end-of-day:Mars', { nonsense: 1 }),
    await operator<Refusal>(`/schedules/${name}`, { method: 'DELETE' }),
    await post<Refusal>(`${name}/pause`),
    await post<Refusal>(`${name}/resume`),
    await post<Refusal>(`${name}/fire`),
  ]
  for (const { status, body } of refusals) {
    t.match([status, body.type], [409, code('SCHEDULE_BUILTIN')])
    t.match(body.detail, /TIME_ZONES.*POST \/end-of-day/)
  }
  t.strictSame(await get(name), berlin)
})

test('the preview lists the next slots in local time, also of a paused schedule', async t => {
  const stack = await makeStack(t)
  const { operator, put } = await makeScheduler(t, stack)
  type Next = { next: { slot: string; slotLocal: string; fireAt: string }[] }
  const next = async (path: string) => (await operator<Next>(`/schedules/${path}`)).body.next

  // In Berlin the clocks go forward on 2027-03-28: there is no 02:30.
  await put('nightly', { cron: '30 2 * * *', timeZone: 'Europe/Berlin', start: '2027-03-27T00:00:00Z' })
  t.strictSame(await next('nightly/next?count=3'), [
    {
      slot: '2027-03-27T01:30:00.000Z',
      slotLocal: '2027-03-27T02:30:00.000+01:00',
      fireAt: '2027-03-27T01:30:00.000Z',
    },
    {
      slot: '2027-03-28T01:00:00.000Z',
      slotLocal: '2027-03-28T03:00:00.000+02:00',
      fireAt: '2027-03-28T01:00:00.000Z',
    },
    {
      slot: '2027-03-29T00:30:00.000Z',
      slotLocal: '2027-03-29T02:30:00.000+02:00',
      fireAt: '2027-03-29T00:30:00.000Z',
    },
  ])
  // In Berlin the clocks go back on 2027-10-31: the hour from 02:00 comes twice.
  await put('hourly', { cron: '30 * * * *', timeZone: 'Europe/Berlin', start: '2027-10-31T00:00:00Z' })
  t.strictSame(
    (await next('hourly/next?count=3')).map(({ slotLocal }) => slotLocal),
    ['2027-10-31T02:30:00.000+02:00', '2027-10-31T02:30:00.000+01:00', '2027-10-31T03:30:00.000+01:00'],
  )
  await put('spread', { every: 'PT1H', jitter: 'PT1H', paused: true })
  const spread = await next('spread/next')
  t.equal(spread.length, 10)
  t.ok(spread.every(({ slot, fireAt }) => fireAt >= slot))
  t.ok(spread.some(({ slot, fireAt }) => fireAt > slot))
  t.strictSame(await next('spread/next?count=2'), spread.slice(0, 2), 'the jitter is the same each time')
  await put('few', { at: '2027-01-01T00:00:00Z' })
  t.equal((await next('few/next?count=100')).length, 1)
  for (const path of ['nightly/next?count=0', 'nightly/next?count=101', 'nightly/next?n=1'])
    t.equal((await operator(`/schedules/${path}`)).status, 400, path)
  t.equal((await operator('/schedules/nothing/next')).status, 404)
})

test('the list has schedules of both kinds by name, in pages', async t => {
  const stack = await makeStack(t)
  const { operator, put } = await makeScheduler(t, stack, { timeZones })
  for (const name of ['a', 'b', 'zz']) await put(name, { every: 'PT1H' })
  await operator('/schedules/b', { method: 'DELETE' })
  type List = { schedules: ScheduleView[]; nextAfter: string | null }
  const list = async (query: string) => {
    const { body } = await operator<List>(`/schedules${query}`)
    return [...body.schedules.map(({ name }) => name), body.nextAfter]
  }
  const endOfDays = ['end-of-day:Asia/Kolkata', 'end-of-day:Europe/Berlin', 'end-of-day:UTC']
  t.strictSame(await list(''), ['a', ...endOfDays, 'zz', null])
  t.strictSame(await list('?kind=user'), ['a', 'zz', null])
  t.strictSame(await list('?limit=2'), ['a', endOfDays[0], endOfDays[0]])
  t.strictSame(await list(`?limit=3&after=${endOfDays[0]}`), [...endOfDays.slice(1), 'zz', null])
})

test('schedules are found by a text and by their state, and what fires next comes first', async t => {
  const stack = await makeStack(t)
  const { operator, put, tick } = await makeScheduler(t, stack, { timeZones: ['UTC'] })
  const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString()
  await put('ended', { at: ago(30) })
  // Its data says what a paused schedule says.
  await put('not-paused', { at: ago(30), data: { paused: true, catchUp: 'all', catchUpWindow: 'P7D' } })
  await tick()
  await put('late', { at: ago(30) })
  await schedulesOf(stack).updateOne({ _id: 'late' }, { $set: { nextFireAt: new Date(ago(90)) } })
  await put('soon', { every: 'PT1H', start: ago(3599) })
  await put('year', { at: '2099-01-01T00:00:00Z', timeZone: 'Asia/Tokyo' })
  await put('a-paused', { every: 'PT1H', paused: true })
  type List = { schedules: ScheduleView[]; nextAfter: string | null }
  const read = async (query: string) => (await operator<List>(`/schedules?${query}`)).body
  const names = async (query: string) => (await read(query)).schedules.map(({ name }) => name)

  const inOrder = ['late', 'soon', 'end-of-day:UTC', 'year', 'a-paused', 'ended', 'not-paused']
  t.strictSame(await names('sort=next'), inOrder)
  const seen: string[] = []
  for (let after: string | null = ''; after !== null; ) {
    const page = await read(`sort=next&limit=2${after && `&after=${encodeURIComponent(after)}`}`)
    seen.push(...page.schedules.map(({ name }) => name))
    after = page.nextAfter
  }
  t.strictSame(seen, inOrder, 'page by page')
  t.strictSame(await names('state=late'), ['late'])
  t.strictSame(await names('state=active'), ['end-of-day:UTC', 'soon', 'year'])
  t.strictSame(await names('state=paused'), ['a-paused'])
  t.strictSame(await names('state=ended'), ['ended', 'not-paused'])
  t.strictSame(await names('q=PAUSED'), inOrder.filter(name => name !== 'end-of-day:UTC').toSorted())
  t.strictSame(await names('q=tokyo'), ['year'])
  t.strictSame(await names('q=utc&kind=end-of-day'), ['end-of-day:UTC'])
  t.strictSame(await names('q=y.ar'), [], 'text, no pattern')
  t.strictSame(await names('q=soon&state=paused'), [])
  for (const query of ['state=x', 'q=', 'sort=x'])
    t.equal((await operator(`/schedules?${query}`)).status, 400, query)
})

test('a page of the list has a hundred schedules by default', async t => {
  const stack = await makeStack(t)
  const { operator, put } = await makeScheduler(t, stack)
  const names = Array.from({ length: 101 }, (_, i) => `s${String(i).padStart(3, '0')}`)
  await Promise.all(names.map(name => put(name, { every: 'PT1H' })))
  type List = { schedules: ScheduleView[]; nextAfter: string | null }
  const { body } = await operator<List>('/schedules?kind=user')
  t.match([body.schedules.length, body.nextAfter], [100, 's099'])
})

test('only operators have access, and the OpenAPI document describes the requests', async t => {
  const stack = await makeStack(t)
  const { url, operator } = await makeScheduler(t, stack)
  const user = client(url, await token('alice'))
  const paths = [
    '/schedules',
    '/schedules/s',
    '/schedules/s/next',
    '/schedules/s/changes',
    '/schedules/s/firings',
  ]
  for (const path of paths) t.equal((await user(path)).status, 403, path)
  for (const method of ['PUT', 'DELETE'])
    t.equal((await user('/schedules/s', { method })).status, 403, method)
  for (const verb of ['pause', 'resume', 'fire'])
    t.equal((await user(`/schedules/s/${verb}`, { method: 'POST' })).status, 403, verb)

  const cron = { description: /must match.* POSIX cron.*Vixie cron.*wildcard/s }
  const { body } = await operator<object>('/docs/json')
  t.match(body, {
    paths: {
      '/schedules/{name}': {
        put: {
          requestBody: {
            content: { 'application/json': { schema: { $ref: '#/components/schemas/NewSchedule' } } },
          },
          responses: { 200: {}, 201: {}, 400: {}, 403: {}, 412: {} },
        },
      },
    },
    components: { schemas: { NewSchedule: { properties: { cron, every: {}, at: {} } } } },
  })
})

test('the data of a schedule is stored exactly, or rejected with a pointer to the value that would change', async t => {
  const { url, get } = await makeScheduler(t, await makeStack(t))
  const authorization = `Bearer ${await token('operator', { admin: true })}`
  const putData = async (data: string) => {
    const headers = { authorization, 'content-type': 'application/json' }
    const body = `{"every":"PT1H","data":${data}}`
    const answer = await fetch(`${url}/schedules/exact`, { method: 'PUT', headers, body })
    return { status: answer.status, body: (await answer.json()) as Refusal }
  }
  for (const number of ['8202522731445525542', '1e400', '0.1234567890123456789', '1E-400']) {
    const { status, body } = await putData(`{"order":{"ids":[1,${number}]}}`)
    t.equal(status, 400, number)
    t.match(body.errors, [{ pointer: '/data/order/ids/1', detail: /cannot be kept exactly/ }])
  }
  for (const [data, pointer] of [
    ['{"a":1,"a":2}', '/data/a'],
    ['{"\\ud800":1}', '/data/\ud800'],
    ['{"a":"\\udfff"}', '/data/a'],
    ['{"a":{"__proto__":{}}}', '/data/a/__proto__'],
  ] as const) {
    t.match(await putData(data), { status: 400, body: { errors: [{ pointer }] } }, data)
  }
  const odd = { $gt: '', 'a.b': [0.1, 1e300], '\0': '\0', _bsontype: 'ObjectId', constructor: {}, '💐': 'é' }
  t.equal((await putData(JSON.stringify(odd))).status, 201)
  t.equal(JSON.stringify((await get('exact')).definition?.data), JSON.stringify(odd))
})

test('an invalid name of any length is rejected with the same fault', async t => {
  const { operator } = await makeScheduler(t, await makeStack(t))
  const refused = async (name: string) => {
    const { status, body } = await operator<Refusal>(`/schedules/${encodeURIComponent(name)}`)
    return { status, errors: body.errors }
  }
  const rule = await refused('.hidden')
  t.match(rule, { status: 400, errors: [{ pointer: '/params/name', detail: /at most 100/ }] })
  for (const name of ['x'.repeat(101), 'x'.repeat(5000), 'a b', '💐', '-'])
    t.strictSame(await refused(name), rule)
  t.equal((await refused('x'.repeat(100))).status, 404)
  t.equal((await operator('/schedules/')).status, 404)
  t.equal((await operator('/schedules//pause', { method: 'POST' })).status, 404)
})

test('a definition is previewed with what it would alter, and nothing is stored', async t => {
  const { operator, put, get } = await makeScheduler(t, await makeStack(t))
  type Slots = { slot: string }[]
  type Preview = { next: Slots; comes: Slots; goes: Slots }
  const preview = <Body = Preview>(name: string, body: object, count = 3) =>
    operator<Body>(`/schedules/${name}/preview?count=${count}`, { body })
  const hours = (slots: Slots) => slots.map(({ slot }) => slot.slice(11, 16))
  const daily = { cron: '0 9 * * *', timeZone: 'UTC' }

  const before = (await preview('report', daily)).body
  t.strictSame(hours(before.next), ['09:00', '09:00', '09:00'])
  t.strictSame([before.comes, before.goes], [before.next, []], 'there is nothing to compare with')
  t.equal((await operator('/schedules/report')).status, 404)

  const stored = (await put('report', daily)).body
  t.strictSame((await preview('report', daily)).body, { next: before.next, comes: [], goes: [] })
  const twice = (await preview('report', { ...daily, cron: '0 9,21 * * *' }, 4)).body
  t.strictSame(new Set(hours(twice.comes)), new Set(['21:00']))
  t.strictSame(twice.goes, [])
  const moved = (await preview('report', { ...daily, cron: '0 8 * * *' })).body
  t.strictSame(
    [new Set(hours(moved.comes)), new Set(hours(moved.goes))],
    [new Set(['08:00']), new Set(['09:00'])],
  )
  t.strictSame(await get('report'), stored)

  const wrong = await preview<Refusal>('report', { ...daily, cron: '0 25 * * *' })
  t.match([wrong.status, wrong.body.errors], [400, [{ pointer: '/cron' }]])
  t.match((await preview<Refusal>('end-of-day:UTC', daily)).body.type, code('SCHEDULE_BUILTIN'))
})
