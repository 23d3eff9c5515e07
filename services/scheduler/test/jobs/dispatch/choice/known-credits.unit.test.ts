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
  const free = async () => (await known.get(0)).credits.map(credit => credit.free)
  const send = (count: number) => known.sent(Array.from({ length: count }, () => ({ worker: 'w', job: {} })))
  return { clock, seen, known, free, send }
}

test('credits are known for 50 ms, less what was sent', async t => {
  const { clock, seen, free, send } = makeKnown()
  t.strictSame(await free(), [8])
  send(3)
  clock.ms = 49
  t.strictSame(await free(), [5])
  t.equal(seen.reads, 1)
  clock.ms = 50
  t.strictSame(await free(), [8])
  t.equal(seen.reads, 2)
})

test('credits are read again when a worker has no free slot left, or when they are forgotten', async t => {
  const { seen, known, free, send } = makeKnown()
  await free()
  send(8)
  t.strictSame(await free(), [8])
  t.equal(seen.reads, 2)
  known.forget()
  t.match(await known.get(0), { isFresh: true })
  t.match(await known.get(0), { isFresh: false })
})
