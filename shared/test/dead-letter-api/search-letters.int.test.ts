import { test } from 'tap'
import { openLetterList } from '../../src/dead-letters/letter-list-store.ts'
import { idsOf, makeLetterApi } from './make-letter-api.ts'

test('a text is found in the error, the key, the headers and the value, in upper or lower case', async t => {
  const { park, list } = await makeLetterApi(t)
  const header: [Buffer, Buffer] = [Buffer.from('ce_subject'), Buffer.from('01a2-Task')]
  const a = await park('readers', 1, { error: new Error('no Milk') })
  const b = await park('readers', 2, { value: Buffer.from('{"name":"Bücher, Milk"}') })
  const c = await park('writers', 3, { key: Buffer.from('Alice'), headers: [header], value: null })
  const d = await park('readers', 4, { error: new Error('no room'), value: Buffer.alloc(70_000, 'milk') })
  const cases: [string, string[]][] = [
    ['milk', [b, a]],
    ['BÜCHER', [b]],
    ['alice', [c]],
    ['01a2-task', [c]],
    ['ce_subject', [c]],
    ['no room', [d]],
    ['m.lk', []],
    ['milk&error=milk', [a]],
    ['milk&group=writers', []],
  ]
  for (const [text, ids] of cases) {
    const page = await list(`?text=${text}`)
    t.strictSame(idsOf(page), ids, text)
    t.strictSame(page.total, { count: ids.length, more: false }, text)
  }
})

test('a search has a bound, and all its pages together have every letter', async t => {
  const { stack, park } = await makeLetterApi(t)
  for (let offset = 0; offset < 10; offset += 1)
    await park('readers', offset, { value: Buffer.from(offset % 4 === 0 ? 'rare' : 'often') })
  const list = await openLetterList(stack.db, { examined: 3, counted: 5 })
  const filter = { groups: new Map([['readers', 'books']]), text: 'rare' }
  t.strictSame(await list.count(filter), { count: 1, more: true })
  t.strictSame(await list.count({ ...filter, text: 'e' }), { count: 3, more: true })
  const [found, sizes]: [string[], number[]] = [[], []]
  let after: Parameters<typeof list.page>[1]['after']
  do {
    const page = await list.page(filter, { order: 'oldest first', after, limit: 1, fields: ['offset'] })
    found.push(...page.letters.map(({ offset }) => offset))
    sizes.push(page.letters.length)
    after = page.after
  } while (after !== undefined)
  t.strictSame(found, ['0', '4', '8'])
  t.ok(sizes.length >= 4, `${sizes}`)
})

test('the letters of a text are replayed and deleted, and no others', async t => {
  const { park, replayMany, operator, list } = await makeLetterApi(t)
  const milk = { value: Buffer.from('milk') }
  const [a, b] = [await park('readers', 1, milk), await park('readers', 2, milk)]
  const other = await park('readers', 3)
  const before = `${new Date(Date.now() + 60_000).toISOString()}`
  t.match(await replayMany({ filter: { text: 'MILK', before }, limit: 1 }), {
    handled: 1,
    results: [{ id: a }],
  })
  const { body } = await operator('/dead-letters/delete', { body: { filter: { text: 'MILK' } } })
  t.match(body, { deleted: 1 })
  t.strictSame(idsOf(await list()), [other], b)
})

test('letters are grouped by consumer group and error, the largest group first', async t => {
  const { park, operator } = await makeLetterApi(t)
  for (const [offset, error] of ['no task 17', 'no task 4', 'timeout', 'no task 5'].entries())
    await park('readers', offset, { error: new Error(error) })
  await park('writers', 1, { error: new Error('no task 9') })
  interface Found {
    groups: { group: string; error: string; example: string; count: number }[]
    more: boolean
  }
  const { body } = await operator<Found>('/dead-letters/groups')
  t.strictSame(
    body.groups.map(({ group, error, count, example }) => [group, error, count, example]),
    [
      ['readers', 'no task #', 3, 'no task 5'],
      ['writers', 'no task #', 1, 'no task 9'],
      ['readers', 'timeout', 1, 'timeout'],
    ],
  )
  t.equal(body.more, false)
  const ofWriters = (await operator<Found>('/dead-letters/groups?group=writers')).body
  t.equal(ofWriters.groups.length, 1)
})

test('the letters of a group are listed, replayed and deleted, and no others', async t => {
  const { park, operator, replayMany, list } = await makeLetterApi(t)
  const errors = [
    '"a" is "b"',
    'this is  new:\t7',
    '"" is "c"',
    'this is new: 8',
    'x is "b"',
    '',
    ' \n ',
    'é 1',
  ]
  const ids: string[] = []
  for (const [offset, error] of errors.entries())
    ids.push(await park('readers', offset, { error: new Error(error) }))
  const { body } = await operator<{ groups: { error: string; count: number }[] }>('/dead-letters/groups')
  t.strictSame(Object.fromEntries(body.groups.map(({ error, count }) => [error, count])), {
    ...{ '… is …': 2, 'this is new: #': 2, '': 2, 'x is …': 1, 'é #': 1 },
  })
  for (const { error, count } of body.groups) {
    const page = await list(`?errorGroup=${encodeURIComponent(error)}`)
    t.strictSame([page.deadLetters.length, page.total], [count, { count, more: false }], error)
  }
  t.strictSame(idsOf(await list(`?errorGroup=${encodeURIComponent('… is …')}&text=C`)), [ids[2]])
  t.match(await replayMany({ filter: { errorGroup: '' } }), { handled: 2 })
  const remove = { body: { filter: { errorGroup: '… is …' } } }
  t.match((await operator('/dead-letters/delete', remove)).body, { deleted: 2, nextCursor: null })
  t.strictSame(idsOf(await list()), [ids[7], ids[4], ids[3], ids[1]])
})

test('letters of two topics with the same error are two groups, and a group says when a replay failed last', async t => {
  const { park, operator, replay } = await makeLetterApi(t, async () => {
    throw new Error('no task 4')
  })
  const id = await park('readers', 1, { error: new Error('no task 3') })
  await park('readers', 2, { error: new Error('no task 5'), topic: 'books-before' })
  await replay(id)
  const { body } = await operator<{ groups: object[] }>('/dead-letters/groups')
  const [books, older] = body.groups as { topic: string; count: number; lastAttemptAt?: string }[]
  t.strictSame([books?.count, older?.count], [1, 1])
  t.strictSame([books, older].map(group => group?.topic).toSorted(), ['books', 'books-before'])
  const replayed = [books, older].filter(group => group?.lastAttemptAt !== undefined)
  t.strictSame(
    replayed.map(group => group?.topic),
    ['books'],
  )
})

test('letters of a topic that their group does not read any more are found, and deleted, by that topic', async t => {
  const { park, list, operator } = await makeLetterApi(t)
  const now = await park('readers', 1, { error: new Error('no task 3') })
  await park('readers', 2, { error: new Error('no task 5'), topic: 'books-before' })
  await park('writers', 3)
  const before = 'readers/books-before/0/2'
  const cases: [string, string[]][] = [
    ['topic=books-before', [before]],
    ['topic=books-before&group=readers&error=no%20task', [before]],
    ['topic=books-before&group=writers', []],
    ['topic=books-before&partition=0&offset=2', [before]],
    ['topic=books', [now]],
    ['topic=books&error=no%20task', [now]],
    ['topic=none', []],
  ]
  for (const [query, ids] of cases) {
    const page = await list(`?${query}`)
    t.strictSame(idsOf(page), ids, query)
    t.strictSame(page.total, { count: ids.length, more: false }, query)
  }
  t.equal((await operator('/dead-letters?topic=a%20b')).status, 400, 'no name of a topic')
  const body = { filter: { topic: 'books-before' } }
  t.match(await operator('/dead-letters/delete', { body }), { status: 200, body: { deleted: 1 } })
  t.strictSame(idsOf(await list('?group=readers')), [now])
})
