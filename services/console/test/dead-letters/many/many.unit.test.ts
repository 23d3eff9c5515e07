import t from 'tap'
import type { ReplayedMany } from '../../../src/dead-letters/letters/letter.ts'
import {
  countReplayable,
  dated,
  deleteAll,
  replayUpTo,
  type SendDelete,
  type SendReplay,
} from '../../../src/dead-letters/many/many.ts'

const NOW = Date.parse('2026-11-27T10:00:02.000Z')
const filter = { error: 'timeZone' }
const away = { error: { type: 'urn:x', title: 'x', status: 503, detail: 'x' } }
const goOn = () => true

/** An answer about so many letters, of which one failed. */
const replayed = (count: number, nextCursor: string | null): { data: ReplayedMany } => ({
  data: {
    handled: count - 1,
    failed: 1,
    skipped: 0,
    matching: 0,
    results: Array.from({ length: count }, (_, i) =>
      i === 0 ? { id: '0', result: 'failed', error: 'no zone' } : { id: String(i), result: 'handled' },
    ),
    nextCursor,
  },
})

t.test('letters that are parked after the count are left alone', async t => {
  const countedAt = '2026-11-27T10:00:00.000Z'
  t.strictSame(dated(filter, NOW), { filter: { ...filter, before: countedAt }, countedAt })
  const earlier = { before: '2026-11-20T00:00:00.000Z' }
  t.strictSame(dated(earlier, NOW).filter, earlier)
  t.strictSame(dated({ before: '2027-01-01T00:00:00.000Z' }, NOW).filter, { before: countedAt })
})

t.test('the count is that of a dry run', async t => {
  const bodies: unknown[] = []
  const send: SendReplay = async body => {
    bodies.push(body)
    return { data: { ...replayed(1, body.cursor === undefined ? 'more' : null).data, matching: 1000 } }
  }
  const { data } = await countReplayable(send, dated(filter, NOW))
  t.match(data, { matching: 2000, more: false, countedAt: '2026-11-27T10:00:00.000Z' })
  const body = { filter: dated(filter, NOW).filter, limit: 1000, dryRun: true }
  t.strictSame(bodies, [body, { ...body, cursor: 'more' }])
  const endless: SendReplay = async () => ({ data: { ...replayed(1, 'more').data, matching: 1000 } })
  t.match(await countReplayable(endless, dated(filter, NOW)), { data: { matching: 10_000, more: true } })
})

t.test('so many letters are replayed, a few in each request', async t => {
  const limits: number[] = []
  const send: SendReplay = async ({ limit }) => {
    limits.push(limit)
    return replayed(limit, 'next')
  }
  t.strictSame(await replayUpTo(send, { filter, most: 60 }, goOn), {
    ...{ done: 57, failed: 3, skipped: 0, reason: 'The first error: no zone' },
  })
  t.strictSame(limits, [25, 25, 10])
})

t.test('a letter that is skipped does not count: another one is replayed', async t => {
  const limits: number[] = []
  const send: SendReplay = async ({ limit }) => {
    limits.push(limit)
    const { data } = replayed(limit, 'next')
    return { data: limits.length > 1 ? data : { ...data, handled: limit - 6, skipped: 5 } }
  }
  t.strictSame(await replayUpTo(send, { filter, most: 25 }, goOn), {
    ...{ done: 23, failed: 2, skipped: 5, reason: 'The first error: no zone' },
  })
  t.strictSame(limits, [25, 5])
})

t.test('a replay ends with the last letter, or with an outage, and tells what was done before', async t => {
  const all = [replayed(25, 'next'), replayed(2, null)]
  const ended = await replayUpTo(async () => all.shift() ?? away, { filter, most: 100 }, goOn)
  t.match(ended, { done: 25, failed: 2, problem: undefined })
  const some = [replayed(25, 'next')]
  const broken = await replayUpTo(async () => some.shift() ?? away, { filter, most: 100 }, goOn)
  t.match(broken, { done: 24, problem: { status: 503 } })
})

t.test('letters are deleted until none is left', async t => {
  const cursors: unknown[] = []
  const send: SendDelete = async ({ cursor }) => {
    cursors.push(cursor)
    return { data: { deleted: 10, skipped: 1, nextCursor: cursor === undefined ? 'next' : null } }
  }
  t.strictSame(await deleteAll(send, filter, goOn), { done: 20, skipped: 2, failed: 0 })
  t.strictSame(cursors, [undefined, 'next'])
})

t.test('a command that is stopped ends after the request that is under way', async t => {
  const told: number[] = []
  const stop = (done: number) => {
    told.push(done)
    return false
  }
  const send: SendReplay = async ({ limit }) => replayed(limit, 'next')
  t.strictSame(await replayUpTo(send, { filter, most: 60 }, stop), {
    ...{ done: 24, skipped: 0, failed: 1, reason: 'The first error: no zone' },
    isStopped: true,
  })
  t.strictSame(told, [25], 'letters that failed again are told too')
  t.notOk((await replayUpTo(send, { filter, most: 25 }, stop)).isStopped, 'nothing was left')
  const some: SendDelete = async () => ({ data: { deleted: 10, skipped: 0, nextCursor: 'next' } })
  t.match(await deleteAll(some, filter, stop), { done: 10, isStopped: true })
})
