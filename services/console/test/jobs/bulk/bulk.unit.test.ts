import t from 'tap'
import { endingOf, isBad } from '../../../src/bulk/outcome.ts'
import { countWords } from '../../../src/bulk/plan.ts'
import {
  carryOut,
  carryOutEach,
  countMatches,
  outcomeText,
  type SendBulk,
  type SendOne,
} from '../../../src/jobs/bulk/bulk.ts'

const problem = (status: number) => ({ error: { type: 'urn:x', title: 'x', status, detail: 'x' } })
const counted = { matching: 12_000, more: false, countedAt: '2026-11-27T10:00:00.000Z' }
const asked = { action: 'retry' as const, filter: { kind: 'k' }, counted }
const goOn = () => true

/** Answers one request after the other, and notes their bodies. */
function answers(...given: Awaited<ReturnType<SendBulk>>[]) {
  const bodies: unknown[] = []
  const send: SendBulk = async (_, body) => {
    bodies.push(body)
    return given.shift() ?? problem(500)
  }
  return { send, bodies }
}

t.test('the count is that of the server, with its time', async t => {
  const { send, bodies } = answers({
    data: { matching: 3, countedAt: counted.countedAt, nextCursor: null },
  })
  const { data } = await countMatches(send, 'retry', { kind: 'k' })
  t.strictSame(data, { matching: 3, more: false, countedAt: counted.countedAt })
  t.strictSame(bodies, [{ filter: { kind: 'k' }, dryRun: true }])
  t.match(await countMatches(answers().send, 'retry', {}), { error: { status: 500 } })
})

t.test('a count that one request does not end goes on, as of the same instant', async t => {
  const { countedAt } = counted
  const { send, bodies } = answers(
    { data: { matching: 0, countedAt, nextCursor: 'c' } },
    { data: { matching: 7, countedAt: '2026-11-27T10:00:01.000Z', nextCursor: null } },
  )
  const { data } = await countMatches(send, 'cancel', { q: 'x' })
  t.strictSame(data, { matching: 7, more: false, countedAt })
  t.strictSame(bodies, [
    { filter: { q: 'x' }, dryRun: true },
    { filter: { q: 'x' }, dryRun: true, asOf: countedAt, cursor: 'c' },
  ])
  const endless: SendBulk = async () => ({ data: { matching: 1, countedAt, nextCursor: 'c' } })
  t.match(await countMatches(endless, 'cancel', {}), { data: { matching: 10, more: true } })
})

t.test('the dialog says of a number that is not the limit of the command that it is not', async t => {
  t.equal(countWords({ ...counted, matching: 1 }, 'job'), '1 job')
  t.equal(countWords({ ...counted, more: true }, 'job'), 'at least 12,000 jobs')
  t.equal(countWords({ ...counted, matching: 0, more: true }, 'job'), 'all jobs that match')
})

t.test('a command goes on until no job is left, each time for the jobs that were counted', async t => {
  const { send, bodies } = answers(
    { data: { retried: 10_000, nextCursor: 'c' } },
    { data: { retried: 1999, nextCursor: null } },
  )
  const told: number[] = []
  const outcome = await carryOut(send, asked, done => told.push(done) > 0)
  t.strictSame(outcome, { done: 11_999, skipped: 1, failed: 0 })
  t.strictSame(told, [10_000, 11_999])
  const { countedAt: asOf } = counted
  t.strictSame(bodies, [
    { filter: { kind: 'k' }, asOf },
    { filter: { kind: 'k' }, asOf, cursor: 'c' },
  ])
})

t.test('an outage in the middle is no failure of the jobs that were not tried', async t => {
  const { send } = answers({ data: { retried: 10_000, nextCursor: 'c' } }, problem(503))
  const outcome = await carryOut(send, asked, goOn)
  t.match(outcome, { done: 10_000, skipped: 0, failed: 0, problem: { status: 503 } })
  t.equal(endingOf(outcome), 'The last request may have been carried out. The rest was not tried. x')
  t.equal(isBad(outcome), true)
  const refused = await carryOut(answers(problem(403)).send, asked, goOn)
  t.equal(endingOf(refused), 'The rest was not tried. x')
})

t.test('of chosen jobs each is told, and an outage ends the command', async t => {
  const ids = ['retried', 'succeeded', 'gone', 'refused', 'away', 'never sent']
  const sent: string[] = []
  const send: SendOne = async (_, id) => {
    sent.push(id)
    const status = { gone: 404, refused: 403, away: 503 }[id]
    return status === undefined ? { data: { answer: id } } : problem(status)
  }
  const outcome = await carryOutEach(send, { action: 'retry', ids }, goOn)
  t.match(outcome, { done: 1, skipped: 2, failed: 1, problem: { status: 503 } })
  t.match(outcome.cut, /may have been carried out. The rest was not tried/)
  const last = await carryOutEach(send, { action: 'retry', ids: ['away'] }, goOn)
  t.match(last, { done: 0, failed: 0, cut: 'The last request may have been carried out.' })
  t.equal(sent.includes('never sent'), false)
})

t.test('the result says what was done, and what was not', async t => {
  t.equal(outcomeText('retry', { done: 3, skipped: 0, failed: 0 }), '3 wait for another attempt')
  t.match(outcomeText('cancel', { done: 0, skipped: 1, failed: 2 }), /^0 are cancelled.*1 skipped.*2 failed$/)
})

t.test('a command that is stopped ends after the request that is under way', async t => {
  const stop = () => false
  const { send } = answers({ data: { retried: 10_000, nextCursor: 'c' } })
  t.strictSame(await carryOut(send, asked, stop), { done: 10_000, skipped: 0, failed: 0, isStopped: true })
  const one: SendOne = async () => ({ data: { answer: 'retried' } })
  t.strictSame(await carryOutEach(one, { action: 'retry', ids: ['a', 'b'] }, stop), {
    ...{ done: 1, skipped: 0, failed: 0 },
    isStopped: true,
  })
  t.notOk((await carryOutEach(one, { action: 'retry', ids: ['a'] }, stop)).isStopped, 'nothing was left')
})
