import t from 'tap'
import type { Replayed, ReplayedMany } from '../../../src/dead-letters/letters/letter.ts'
import type { SendReplay } from '../../../src/dead-letters/many/many.ts'
import { replayUpTo } from '../../../src/dead-letters/many/replay-up-to.ts'

const filter = { error: 'timeZone' }
const away = { error: { type: 'urn:x', title: 'x', status: 503, detail: 'x' } }
const goOn = () => true

function answerOf(results: Replayed[], nextCursor: string | null): { data: ReplayedMany } {
  const countOf = (wanted: string) => results.filter(({ result }) => result === wanted).length
  const counts = { handled: countOf('handled'), failed: countOf('failed'), skipped: countOf('skipped') }
  return { data: { ...counts, matching: 0, results, nextCursor } }
}

/** An answer about so many letters, of which one failed. */
const replayed = (count: number, nextCursor: string | null) =>
  answerOf(
    Array.from({ length: count }, (_, i) =>
      i === 0 ? { id: '0', result: 'failed', error: 'no zone' } : { id: String(i), result: 'handled' },
    ),
    nextCursor,
  )

/**
 * A service with letters of one partition, whose handlers need some milliseconds each.
 * @param seen gets the letters in the order in which they are handled
 */
function slowService(letters: number, { ms, seen }: { ms: number; seen: number[] }): SendReplay {
  return async ({ limit, cursor = '0' }) => {
    const first = Number(cursor)
    const [end, inTime] = [Math.min(first + limit, letters), Math.floor(20_000 / ms)]
    const results = Array.from({ length: end - first }, (_, i): Replayed => {
      const id = String(first + i)
      if (i >= inTime) return { id, result: 'skipped', reason: 'interrupted' }
      seen.push(first + i)
      return { id, result: 'handled' }
    })
    const next = Math.min(end, first + inTime)
    return answerOf(results, next === letters ? null : String(next))
  }
}

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

t.test('slow handlers leave out no letter, and the order of the partition is kept', async t => {
  const seen: number[] = []
  const all = await replayUpTo(slowService(100, { ms: 1000, seen }), { filter, most: 100 }, goOn)
  t.strictSame(all, { done: 100, skipped: 0, failed: 0 })
  t.strictSame(
    seen,
    Array.from({ length: 100 }, (_, i) => i),
  )
  seen.length = 0
  const some = await replayUpTo(slowService(100, { ms: 5000, seen }), { filter, most: 10 }, goOn)
  t.strictSame(some, { done: 10, skipped: 0, failed: 0 })
  t.strictSame(seen, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
})

t.test('a letter that takes longer than a request ends the command, which says so', async t => {
  let requests = 0
  const send: SendReplay = async ({ limit }) => {
    requests += 1
    if (requests === 1) return replayed(limit, '7')
    return answerOf([{ id: '7', result: 'skipped', reason: 'interrupted' }], '7')
  }
  const outcome = await replayUpTo(send, { filter, most: 60 }, goOn)
  t.match(outcome, { done: 24, failed: 1, skipped: 0, cut: /^The letter 7 takes longer than a request has/ })
  t.equal(requests, 3)
})

t.test(
  'a letter that is skipped does not count: another one is replayed, and the reason is told',
  async t => {
    const limits: number[] = []
    const send: SendReplay = async ({ limit }) => {
      limits.push(limit)
      if (limits.length > 1) return replayed(limit, 'next')
      const reasons = ['busy', 'gone', 'busy', 'batch', 'busy'] as const
      const skipped = reasons.map((reason, i): Replayed => ({ id: `s${i}`, result: 'skipped', reason }))
      return answerOf([...replayed(limit - 5, null).data.results, ...skipped], 'next')
    }
    t.strictSame(await replayUpTo(send, { filter, most: 25 }, goOn), {
      ...{ done: 23, failed: 2, skipped: 5 },
      reason:
        'Skipped: 3 in another replay; 1 with a batch that could not be decoded, which has no message to handle; 1 handled or deleted meanwhile. The first error: no zone',
    })
    t.strictSame(limits, [25, 5])
  },
)

t.test('a replay ends with the last letter, or with an outage, and tells what was done before', async t => {
  const all = [replayed(25, 'next'), replayed(2, null)]
  const ended = await replayUpTo(async () => all.shift() ?? away, { filter, most: 100 }, goOn)
  t.match(ended, { done: 25, failed: 2, problem: undefined })
  const some = [replayed(25, 'next')]
  const broken = await replayUpTo(async () => some.shift() ?? away, { filter, most: 100 }, goOn)
  t.match(broken, { done: 24, problem: { status: 503 }, cut: /The rest was not tried/ })
})

t.test('a replay that is stopped ends after the request that is under way', async t => {
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
})
