import t from 'tap'
import type { ReplayedMany } from '../../../src/dead-letters/letters/letter.ts'
import {
  countReplayable,
  dated,
  deleteAll,
  type SendDelete,
  type SendReplay,
} from '../../../src/dead-letters/many/many.ts'

const NOW = Date.parse('2026-11-27T10:00:02.000Z')
const filter = { error: 'timeZone' }
const away = { error: { type: 'urn:x', title: 'x', status: 503, detail: 'x' } }
const goOn = () => true

/** The answer to a dry run of so many letters. */
const matching = (count: number, nextCursor: string | null): { data: ReplayedMany } => ({
  data: { ...{ handled: 0, failed: 0, skipped: 0, matching: count }, results: [], nextCursor },
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
    return matching(1000, body.cursor === undefined ? 'more' : null)
  }
  const { data } = await countReplayable(send, dated(filter, NOW))
  t.match(data, { matching: 2000, more: false, countedAt: '2026-11-27T10:00:00.000Z' })
  const body = { filter: dated(filter, NOW).filter, limit: 1000, dryRun: true }
  t.strictSame(bodies, [body, { ...body, cursor: 'more' }])
  const endless: SendReplay = async () => matching(1000, 'more')
  t.match(await countReplayable(endless, dated(filter, NOW)), { data: { matching: 10_000, more: true } })
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

t.test('a deletion that an outage ends says what is known', async t => {
  const some = [{ data: { deleted: 10, skipped: 0, nextCursor: 'next' } }]
  const outcome = await deleteAll(async () => some.shift() ?? away, filter, goOn)
  t.match(outcome, { done: 10, failed: 0, problem: { status: 503 }, cut: /may have been carried out/ })
})

t.test('a deletion that is stopped ends after the request that is under way', async t => {
  const some: SendDelete = async () => ({ data: { deleted: 10, skipped: 0, nextCursor: 'next' } })
  t.match(await deleteAll(some, filter, () => false), { done: 10, isStopped: true })
})
