import mongoose from 'mongoose'
import { test } from 'tap'
import type { DeadLetter } from '../../src/dead-letters/dead-letter-model.ts'
import { openBatchLetters } from '../../src/dead-letters/dead-letter-store.ts'
import { openLetterList } from '../../src/dead-letters/letter-list-store.ts'
import { client, token } from '../support/index.ts'
import { idsOf, makeLetterApi } from './make-letter-api.ts'

test('letters are listed last parked first, in pages that new letters do not move', async t => {
  const { park, list } = await makeLetterApi(t)
  const ids: string[] = []
  for (let offset = 0; offset < 7; offset += 1) ids.unshift(await park('readers', offset))
  const first = await list('?limit=3')
  t.match(first, { total: { count: 7, more: false } })
  const later = await park('writers', 9)
  const second = await list(`?limit=3&cursor=${first.nextCursor}`)
  const third = await list(`?limit=3&cursor=${second.nextCursor}`)
  t.notOk(second.total)
  t.equal(third.nextCursor, null)
  t.strictSame([first, second, third].flatMap(idsOf), ids)
  t.strictSame(idsOf(await list()), [later, ...ids])
})

test('letters that were parked in the same millisecond are each on one page', async t => {
  const { park, list, letters } = await makeLetterApi(t)
  for (let offset = 0; offset < 5; offset += 1) await park('readers', offset)
  await letters.updateMany({}, { $set: { parkedAt: new Date(0) } })
  const found: string[] = []
  let query = '?limit=2'
  for (let pages = 0; pages < 3; pages += 1) {
    const page = await list(query)
    found.push(...idsOf(page))
    query = `?limit=2&cursor=${page.nextCursor}`
  }
  t.strictSame(found.toSorted(), idsOf(await list()).toSorted())
  t.equal(found.length, 5)
})

test('a list can be narrowed by every part of a letter', async t => {
  const { park, list, letters } = await makeLetterApi(t)
  const a = await park('readers', 1, { error: new Error('No [JSON]: "\0"') })
  const b = await park('readers', 1, { partition: 2, key: Buffer.from('ü') })
  const c = await park('writers', 2, { key: null })
  await letters.updateOne({ _id: b }, { $set: { parkedAt: new Date('2020-01-01T00:00:00.000Z') } })
  const cases: [string, string[]][] = [
    ['topic=books', [a, b]],
    ['topic=files&group=readers', []],
    ['group=writers', [c]],
    ['key=k', [a]],
    ['key=%C3%BC', [b]],
    ['key=%C3%BC&group=writers', []],
    ['partition=0', [c, a]],
    ['offset=1', [a, b]],
    ['partition=2&offset=1', [b]],
    ['partition=2&offset=1&key=k', []],
    ['error=no%20%5Bjson%5D%3A%20%22%00', [a]],
    ['error=o.*n', []],
    ['from=2020-01-01T00:00:00.001Z', [c, a]],
    ['before=2020-01-01T00:00:00.001Z', [b]],
    ['from=2020-01-01T00:00:00.000Z&before=2020-01-01T00:00:00.000Z', []],
  ]
  for (const [query, ids] of cases) {
    const page = await list(`?${query}`)
    t.strictSame(idsOf(page), ids, query)
    t.strictSame(page.total, { count: ids.length, more: false }, query)
  }
})

test('a page and a count have a bound, and all pages together have every letter', async t => {
  const { stack, park } = await makeLetterApi(t)
  for (let offset = 0; offset < 10; offset += 1)
    await park('readers', offset, { error: new Error(offset % 4 === 0 ? 'rare' : 'often') })
  const list = await openLetterList(stack.db, { examined: 3, counted: 5 })
  const groups = new Map([['readers', 'books']])
  t.strictSame(await list.count({ groups }), { count: 5, more: true })
  t.strictSame(await list.count({ groups, error: 'rare' }), { count: 1, more: true })
  for (const order of ['newest first', 'oldest first'] as const) {
    const found: string[] = []
    let after: Parameters<typeof list.page>[1]['after']
    do {
      const page = await list.page({ groups, error: 'rare' }, { order, after, limit: 2, fields: ['offset'] })
      found.push(...page.letters.map(({ offset }) => offset))
      after = page.after
    } while (after !== undefined)
    t.strictSame(found, order === 'newest first' ? ['8', '4', '0'] : ['0', '4', '8'])
  }
})

test('lists and searches examine no more than they return, also among letters with the same key', async t => {
  const { park, letters } = await makeLetterApi(t)
  for (let offset = 0; offset < 50; offset += 1)
    await park(offset % 2 === 0 ? 'readers' : 'writers', offset, { key: Buffer.from(`k${offset % 5}`) })
  const key = { $in: [new mongoose.mongo.Binary(Buffer.from('k1')), 'k1'] }
  const newest = { parkedAt: -1, _id: -1 } as const
  const examined = async (filter: object, hint: string) => {
    const found = letters.find(filter).sort(newest).limit(3).hint(hint)
    const { executionStats } = await found.explain('executionStats')
    return executionStats.totalDocsExamined
  }
  t.equal(await examined({ group: { $in: ['readers', 'writers'] } }, 'newest'), 3)
  t.equal(await examined({ key }, 'key'), 3)
})

test('a letter shows its message: JSON, other text, or bytes', async t => {
  const { park, show } = await makeLetterApi(t)
  const shown = async (offset: number, value: Buffer | null) =>
    (await show(await park('readers', offset, { value }))).body
  const spaced = '{ "a":[1.0,"\\u00e9"]}\n'
  t.match(await shown(0, Buffer.from(spaced)), { json: { a: [1, 'é'] }, value: spaced, valueBytes: 22 })
  for (const [i, text] of ['no JSON', '', '{"n":12345678901234567890}', '{"a":1,"a":2}', '"\0"'].entries())
    t.match(await shown(1 + i, Buffer.from(text)), { value: text, valueBytes: text.length, json: undefined })
  const deep = '['.repeat(10_000) + ']'.repeat(10_000)
  t.match(await shown(10, Buffer.from(deep)), { value: deep })
  t.match(await shown(11, Buffer.from([0xff, 0])), { valueBase64: '/wA=', valueBytes: 2 })
  t.match(await shown(12, null), { valueBytes: null })
  const large = Buffer.from(`${'é'.repeat(1024 ** 2)}`)
  const cut = (await shown(13, large)) as unknown as { value: string; valueBytes: number }
  t.equal(cut.value, 'é'.repeat(512 * 1024))
  t.equal(cut.valueBytes, large.length)
})

test('a letter shows its headers, its key, its error and its times', async t => {
  const { park, show, list } = await makeLetterApi(t)
  const error = Object.assign(new TypeError('bad'), { stack: 'TypeError: bad\n  at x' })
  const headers: [Buffer, Buffer | null][] = [
    [Buffer.from('a'), Buffer.from('1')],
    [Buffer.from('a'), null],
    [Buffer.from([0xff]), Buffer.from([0xfe])],
  ]
  const id = await park('readers', 7, {
    headers,
    error,
    key: Buffer.from([0xff]),
    partition: 3,
    timestamp: 1000,
  })
  const { body } = await show(id)
  t.match(body, {
    ...{ id, group: 'readers', topic: 'books', partition: 3, offset: '7', attempts: 5, replaying: false },
    ...{ keyBase64: '/w==', timestamp: '1970-01-01T00:00:01.000Z' },
    error: { name: 'TypeError', message: 'bad', stack: error.stack },
    keyBytes: 1,
    headers: [
      { name: 'a', value: '1', valueBytes: 1 },
      { name: 'a', valueBytes: null },
      { nameBase64: '/w==', valueBase64: '/g==', valueBytes: 1 },
    ],
    headerCount: 3,
  })
  t.match(await list(), { deadLetters: [{ id, error: { name: 'TypeError', message: 'bad' } }] })
  const many = Array.from({ length: 5000 }, (): [Buffer, null] => [Buffer.from('h'), null])
  const full = (await show(await park('readers', 8, { headers: many }))).body as unknown as {
    headers: unknown[]
    headerCount: number
  }
  t.strictSame([full.headers.length, full.headerCount], [1000, 5000])
})

test('a large message is stored beside its letter, which is still found by its key', async t => {
  const { park, list, show, letters } = await makeLetterApi(t)
  const id = await park('readers', 1, { value: Buffer.alloc(70_000, 'x') })
  t.match(await letters.findOne({ _id: id }), { chunks: 1 })
  t.strictSame(idsOf(await list('?key=k')), [id])
  t.match((await show(id)).body, { key: 'k', valueBytes: 70_000 })
})

test('a batch that could not be decoded is listed with its bytes', async t => {
  const { stack, list, show } = await makeLetterApi(t)
  const batch = { baseOffset: 7n, lastOffset: 9n, codec: 'zstd', reason: 'no zstd', bytes: Buffer.from([1]) }
  await openBatchLetters(stack.db)({ group: 'readers', topic: 'books', partition: 0 }, batch)
  const id = 'readers/books/0/7'
  t.match(await list(), { deadLetters: [{ id, batch: { lastOffset: '9', codec: 'zstd' } }] })
  t.match((await show(id)).body, { valueBase64: 'AQ==', error: { message: 'no zstd' } })
})

test('letters that an earlier version stored as texts are listed, found and shown', async t => {
  const { list, show, letters } = await makeLetterApi(t)
  const old = { group: 'readers', topic: 'books', partition: 3, attempts: 1, parkedAt: new Date(0) }
  const value = new mongoose.mongo.Binary(Buffer.from('{"a":1}'))
  await letters.insertOne({
    ...{ ...old, _id: 'readers/books/3/5', offset: '5', key: 'schlüssel', headers: { ce_type: 'x' }, value },
    error: { name: 'Error', message: 'no JSON', stack: '' },
  } as unknown as DeadLetter)
  t.match(await list('?key=schl%C3%BCssel'), {
    deadLetters: [{ id: 'readers/books/3/5', key: 'schlüssel', parkedAt: '1970-01-01T00:00:00.000Z' }],
  })
  const { body } = await show('readers/books/3/5')
  t.match(body, { key: 'schlüssel', headers: [{ name: 'ce_type', value: 'x' }], json: { a: 1 } })
  t.notOk('timestamp' in body)
})

test('only operators see letters, only those of this service, and requests are checked', async t => {
  const { url, park, letters, operator, show } = await makeLetterApi(t)
  const id = await park('readers', 1)
  const alice = client(url, await token('alice', { scope: 'jobs' }))
  for (const [path, method] of [
    ['/dead-letters', 'GET'],
    [`/dead-letters/${encodeURIComponent(id)}`, 'GET'],
    [`/dead-letters/${encodeURIComponent(id)}`, 'DELETE'],
    [`/dead-letters/${encodeURIComponent(id)}/replay`, 'POST'],
  ] as const)
    t.equal((await alice(path, { method })).status, 403, `${method} ${path}`)
  t.equal((await alice('/dead-letters/replay', { body: { filter: { key: 'k' } } })).status, 403)
  t.equal((await alice('/dead-letters/delete', { body: { filter: { key: 'k' } } })).status, 403)

  await letters.insertOne({
    ...(await letters.findOne({})),
    _id: 'others/t/0/1',
    group: 'others',
  } as DeadLetter)
  t.match(await show('others/t/0/1'), { status: 404, body: { type: /DAYBOOK_DEAD_LETTER_NOT_FOUND/ } })
  t.equal((await operator('/dead-letters/x')).status, 400)
  t.equal((await operator('/dead-letters?group=others')).status, 400)
  for (const cursor of ['x', Buffer.from('2020-99-01T00:00:00.000Z x').toString('base64url')])
    t.match(await operator(`/dead-letters?cursor=${cursor}`), {
      status: 400,
      body: { errors: [{ pointer: '/querystring/cursor' }] },
    })
  t.match(await operator('/dead-letters/delete', { body: { filter: {} } }), { status: 400 })
  t.match(await operator('/dead-letters/replay', { body: { filter: { key: 'k' }, cursor: 'x' } }), {
    status: 400,
    body: { errors: [{ pointer: '/cursor' }] },
  })
})

test('the metrics count the letters of each group, and what was parked', async t => {
  const { operator, park } = await makeLetterApi(t)
  await park('readers', 1)
  await park('readers', 1)
  await park('readers', 2)
  const { body } = await operator<string>('/metrics')
  t.match(body, /^daybook_dead_letters{topic="books",group="readers"} 2$/m)
  t.match(body, /^daybook_dead_letters{topic="files",group="writers"} 0$/m)
  t.match(body, /^daybook_dead_letters_parked_total{topic="books",group="readers"} 2$/m)
})
