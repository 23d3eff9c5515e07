import { test } from 'tap'
import type { DeadLetter } from '../../src/dead-letters/dead-letter-model.ts'
import { openBatchLetters } from '../../src/dead-letters/dead-letter-store.ts'
import { parseOrPark } from '../../src/dead-letters/parse-or-park.ts'
import type { IncomingMessage } from '../../src/kafka/index.ts'
import { idsOf, makeLetterApi, serveLetters } from './make-letter-api.ts'

const outage = () => Object.assign(new Error('the disk is full'), { code: 'ENOSPC' })
const offsets = (seen: IncomingMessage[]) => seen.map(({ offset }) => Number(offset))

test('a replay hands the message as it was to the handler of its group, and removes the letter', async t => {
  const seen: { group: string; message: IncomingMessage }[] = []
  const api = await makeLetterApi(t, async (message, { group }) => void seen.push({ group, message }))
  const headers: [Buffer, Buffer | null][] = [
    [Buffer.from('h'), Buffer.from([0xff])],
    [Buffer.from('h'), null],
  ]
  const content = { headers, key: Buffer.from('key'), value: Buffer.from('value') }
  const id = await api.park('writers', 7, { ...content, partition: 2, timestamp: 1234 })
  t.strictSame((await api.replay(id)).body, { id, result: 'handled' })
  const place = { topic: 'files', partition: 2, offset: 7n, timestamp: 1234 }
  t.strictSame(seen, [{ group: 'writers', message: { ...place, ...content, isReplay: true } }])
  t.strictSame(idsOf(await api.list()), [])
  t.equal((await api.replay(id)).status, 404)
})

test('a large message and a letter of an earlier version are replayed, and nothing of them is left', async t => {
  const seen: IncomingMessage[] = []
  const api = await makeLetterApi(t, async message => void seen.push(message))
  const large = await api.park('readers', 1, { value: Buffer.alloc(10_000_000, 'abc') })
  const old = {
    ...{ _id: 'readers/books/3/5', group: 'readers', topic: 'books', partition: 3, offset: '5' },
    ...{ key: 'schlüssel', headers: { ce_type: 'x' }, value: null, attempts: 1, parkedAt: new Date(99) },
    error: { name: 'Error', message: 'no JSON', stack: '' },
  }
  await api.letters.insertOne(old as unknown as DeadLetter)
  for (const id of [large, old._id]) t.match((await api.replay(id)).body, { result: 'handled' })
  t.ok(seen[0]?.value?.equals(Buffer.alloc(10_000_000, 'abc')))
  const text = {
    key: Buffer.from('schlüssel'),
    headers: [[Buffer.from('ce_type'), Buffer.from('x')]],
    value: null,
  }
  t.match(seen[1], { topic: 'books', partition: 3, offset: 5n, timestamp: 99, ...text })
  t.equal(await api.stack.db.collection('dead_letter_chunks').countDocuments(), 0)
})

test('a message that fails again keeps its letter, with the new error and one more attempt', async t => {
  const api = await makeLetterApi(t, async () => {
    throw new RangeError('still bad')
  })
  const id = await api.park('readers', 1)
  const before = (await api.show(id)).body
  t.strictSame((await api.replay(id)).body, { id, result: 'failed', error: 'still bad' })
  const { body } = await api.show(id)
  t.match(body, { attempts: 6, replaying: false, error: { name: 'RangeError', message: 'still bad' } })
  t.match(body, { lastAttemptAt: /Z$/, parkedAt: before.parkedAt })
})

test('the text of an error is bounded in the answer and in the letter', async t => {
  const api = await makeLetterApi(t, async () => {
    throw new Error('x'.repeat(1_000_000))
  })
  const id = await api.park('readers', 1)
  const error = `${'x'.repeat(2000)}…`
  t.match((await api.replay(id)).body, { error })
  t.match((await api.show(id)).body, { error: { message: error } })
})

test('a message that its handler parks again has failed: it keeps its letter, and has no second one', async t => {
  const read = () => ({ status: 'unreadable' as const, error: new Error('no JSON yet') })
  const api = await makeLetterApi(t, async (message, { park, heartbeat }) => {
    await parseOrPark([message], read, park, heartbeat)
  })
  const id = await api.park('readers', 1)
  t.strictSame((await api.replay(id)).body, { id, result: 'failed', error: 'no JSON yet' })
  t.match(await api.list(), { deadLetters: [{ id, attempts: 6, error: { message: 'no JSON yet' } }] })
  t.match((await api.operator<string>('/metrics')).body, /^daybook_dead_letters_parked_total\S+ 1$/m)
})

test('during an outage the answer is 503, and the letter stays as it was', async t => {
  let isAway = true
  const api = await makeLetterApi(t, async () => {
    if (isAway) throw outage()
  })
  const ids = [await api.park('readers', 1), await api.park('readers', 2)]
  const [id = ''] = ids
  const before = (await api.show(id)).body
  t.match(await api.replay(id), { status: 503, body: { type: /DAYBOOK_STORE_UNAVAILABLE/ } })
  t.equal((await api.operator('/dead-letters/replay', { body: { filter: { key: 'k' } } })).status, 503)
  t.strictSame((await api.show(id)).body, before)
  isAway = false
  t.match(await api.replayMany({ filter: { key: 'k' } }), { handled: 2 })
})

test('of two replays of a letter at once only one hands it to the handler; meanwhile it is not deleted', async t => {
  const [started, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  let calls = 0
  const api = await makeLetterApi(t, async () => {
    calls += 1
    started.resolve()
    await go.promise
  })
  const other = await serveLetters(t, api.stack, async () => void t.fail('it is handled twice'))
  const id = await api.park('readers', 1)
  const first = api.replay(id)
  await started.promise
  t.strictSame((await other.replay(id)).body, { id, result: 'skipped', reason: 'busy' })
  const filter = { key: 'k' }
  t.match(await other.replayMany({ filter, dryRun: true }), {
    results: [{ id, reason: 'busy' }],
    matching: 0,
  })
  t.match(await other.replayMany({ filter }), { results: [{ id, reason: 'busy' }], skipped: 1 })
  t.match(await other.remove(id), { status: 409, body: { type: /DAYBOOK_DEAD_LETTER_BUSY/ } })
  t.match((await other.operator('/dead-letters/delete', { body: { filter } })).body, {
    deleted: 0,
    skipped: 1,
  })
  t.match((await other.show(id)).body, { replaying: true })
  go.resolve()
  t.match((await first).body, { result: 'handled' })
  t.equal(calls, 1)
})

test('a letter whose replay ended with its process can be replayed and deleted after its claim', async t => {
  const api = await makeLetterApi(t)
  const ids = [await api.park('readers', 1), await api.park('readers', 2)] as const
  const claim = (until: Date) =>
    api.letters.updateMany({}, { $set: { claim: { by: 'a dead process', until } } })
  await claim(new Date(Date.now() + 60_000))
  t.match((await api.replay(ids[0])).body, { reason: 'busy' })
  await claim(new Date(Date.now() - 1))
  t.match((await api.show(ids[0])).body, { replaying: false })
  t.match((await api.replay(ids[0])).body, { result: 'handled' })
  t.equal((await api.remove(ids[1])).status, 204)
})

test('a replay that lost its claim does not remove the letter that another replay has', async t => {
  const [started, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const api = await makeLetterApi(t, async () => {
    started.resolve()
    await go.promise
  })
  const id = await api.park('readers', 1)
  const first = api.replay(id)
  await started.promise
  const until = new Date(Date.now() + 60_000)
  await api.letters.updateOne({ _id: id }, { $set: { claim: { by: 'another', until } } })
  go.resolve()
  t.match((await first).body, { result: 'handled' })
  t.match(await api.letters.findOne({ _id: id }), { claim: { by: 'another' } })
})

test('many letters are replayed oldest first and in the order of their offsets, up to the limit', async t => {
  const seen: IncomingMessage[] = []
  const api = await makeLetterApi(t, async message => {
    seen.push(message)
    if (message.offset === 9n) throw new Error('bad again')
  })
  for (const offset of [8, 9, 10, 11, 100]) await api.park('readers', offset)
  await api.letters.updateMany({}, { $set: { parkedAt: new Date(1000) } })
  await api.park('writers', 1)
  const filter = { topic: 'books' }
  const dry = await api.replayMany({ filter, dryRun: true })
  t.match(dry, { matching: 5, handled: 0, nextCursor: null })
  t.strictSame([seen.length, dry.results.length], [0, 5])

  const first = await api.replayMany({ filter, limit: 3 })
  t.equal(first.handled + first.failed, 3)
  const second = await api.replayMany({ filter, limit: 3, cursor: first.nextCursor })
  t.match(second, { nextCursor: null })
  t.equal(first.handled + second.handled, 4)
  t.strictSame(
    offsets(seen).toSorted((a, b) => a - b),
    [8, 9, 10, 11, 100],
  )
  t.strictSame(idsOf(await api.list()), ['writers/files/0/1', 'readers/books/0/9'])

  seen.length = 0
  for (const offset of [8, 10, 11, 100]) await api.park('readers', offset)
  await api.letters.updateMany({}, { $set: { parkedAt: new Date(1000) } })
  t.match(await api.replayMany({ filter }), { handled: 4, failed: 1 })
  t.strictSame(offsets(seen), [8, 9, 10, 11, 100])
})

test('a batch that could not be decoded is skipped', async t => {
  const api = await makeLetterApi(t, async () => void t.fail('a batch is no message'))
  const batch = { baseOffset: 7n, lastOffset: 9n, codec: 'zstd', reason: 'no zstd', bytes: Buffer.from([1]) }
  await openBatchLetters(api.stack.db)({ group: 'readers', topic: 'books', partition: 0 }, batch)
  const id = 'readers/books/0/7'
  const skipped = { id, result: 'skipped', reason: 'batch' }
  t.strictSame((await api.replay(id)).body, skipped)
  for (const dryRun of [true, false])
    t.match(await api.replayMany({ filter: { error: 'zstd' }, dryRun }), { results: [skipped], skipped: 1 })
  t.equal((await api.remove(id)).status, 204)
})

test('a service that closes ends its replays at a heartbeat, and the letters stay', async t => {
  const started = Promise.withResolvers<void>()
  const api = await makeLetterApi(t, async (_message, { heartbeat }) => {
    started.resolve()
    for (;;) {
      await heartbeat()
      await new Promise(resolve => setImmediate(resolve))
    }
  })
  const ids = [await api.park('readers', 1), await api.park('readers', 2)]
  const answer = api.replayMany({ filter: { key: 'k' } })
  await started.promise
  await api.app.close()
  t.match(await answer, {
    results: ids.map(id => ({ id, result: 'skipped', reason: 'interrupted' })),
    skipped: 2,
  })
  for (const letter of await api.letters.find({}).toArray())
    t.match(letter, { attempts: 5, claim: undefined })
})

test('letters are deleted with their contents, one or all of a filter', async t => {
  const api = await makeLetterApi(t)
  const large = { value: Buffer.alloc(100_000, 'x'), error: new Error('large') }
  const one = await api.park('readers', 1, large)
  t.equal((await api.remove(one)).status, 204)
  t.equal((await api.remove(one)).status, 404)
  for (const offset of [2, 3]) await api.park('readers', offset, large)
  const small = await api.park('readers', 4)
  const post = async (body: object) => (await api.operator('/dead-letters/delete', { body })).body
  const filter = { error: 'LARGE' }
  t.strictSame(await post({ filter, dryRun: true }), { matching: 2, nextCursor: null })
  t.strictSame(await post({ filter }), { deleted: 2, skipped: 0, nextCursor: null })
  t.strictSame(idsOf(await api.list()), [small])
  t.equal(await api.stack.db.collection('dead_letter_chunks').countDocuments(), 0)
})
