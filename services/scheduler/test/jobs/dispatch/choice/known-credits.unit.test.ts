import { test } from 'tap'
import { makeKnownCredits } from '../../../../src/jobs/dispatch/choice/known-credits.ts'
import { makeCredit } from '../../../support/job-workers.ts'

/** Known credits of a worker with 8 free slots, and what was read. */
function makeKnown() {
  const clock = { ms: 0 }
  const seen = { reads: 0 }
  const read = async () => {
    seen.reads += 1
    return [makeCredit('w', 8)]
  }
  const known = makeKnownCredits(read, () => clock.ms)
  const free = async () => (await known.get(0, false)).credits.map(credit => credit.free)
  const send = (count: number) => known.sent(Array.from({ length: count }, () => ({ worker: 'w', job: {} })))
  return { clock, seen, known, free, send }
}

test('credits are known for 250 ms, less what was sent', async t => {
  const { clock, seen, free, send } = makeKnown()
  t.strictSame(await free(), [8])
  send(3)
  clock.ms = 249
  t.strictSame(await free(), [5])
  t.equal(seen.reads, 1)
  clock.ms = 250
  t.strictSame(await free(), [8])
  t.equal(seen.reads, 2)
})

test('credits are read again when a worker has no free slot left, or when that is asked', async t => {
  const { seen, known, free, send } = makeKnown()
  await free()
  send(8)
  t.strictSame(known.now().credits, [])
  t.strictSame(await free(), [8])
  t.equal(seen.reads, 2)
  t.match(await known.get(0, true), { isFresh: true })
  t.match(await known.get(0, false), { isFresh: false })
})

test('credits are ageing after half of their time', async t => {
  const { clock, known, free } = makeKnown()
  t.strictSame(known.now().credits, [])
  await free()
  clock.ms = 124
  t.match(known.now(), { credits: [{ free: 8 }], isAgeing: false })
  clock.ms = 125
  t.match(known.now(), { credits: [{ free: 8 }], isAgeing: true })
})

test('what is being stored as sent is taken off a read that began before it was stored', async t => {
  const reading = Promise.withResolvers<void>()
  const known = makeKnownCredits(
    async () => {
      await reading.promise
      return [makeCredit('w', 8)]
    },
    () => 0,
  )
  const attempts = (count: number) => Array.from({ length: count }, () => ({ worker: 'w', job: {} }))
  const before = known.reserve(attempts(1))
  const got = known.get(0, true)
  before()
  known.reserve(attempts(2))()
  reading.resolve()
  t.match(await got, { credits: [{ free: 5 }] })
  t.match(await known.get(0, true), { credits: [{ free: 8 }] })
})
