import { test } from 'tap'
import { type Candidate, choose, makeAssigner } from '../../../../src/jobs/dispatch/choice/choose.ts'
import { makeCredit } from '../../../support/job-workers.ts'

const job = (id: string, rank: number, given: Partial<Candidate> = {}): Candidate => ({
  _id: id,
  kind: 'k',
  lane: 'default',
  rank: new Date(rank),
  ...given,
})
const jobs = (count: number, given: Partial<Candidate> = {}) =>
  Array.from({ length: count }, (_, i) => job(`j${i}`, i, given))
const countsOf = (assigned: { worker: string }[]) =>
  Object.fromEntries(
    Object.entries(Object.groupBy(assigned, ({ worker }) => worker)).map(([w, all]) => [w, all?.length]),
  )

test('jobs are chosen by rank over all kinds, and no more than the credit', t => {
  const credit = makeCredit('w', 2, { kinds: new Set(['a', 'b']) })
  const candidates = [job('1', 30, { kind: 'a' }), job('2', 10, { kind: 'b' }), job('3', 20, { kind: 'a' })]
  const chosen = choose(candidates, makeAssigner([credit]))
  t.strictSame(
    chosen.map(({ job }) => job._id),
    ['2', '3'],
  )
  t.end()
})

test('jobs are spread over the workers with free slots', t => {
  const chosen = choose(jobs(9), makeAssigner([makeCredit('a', 5), makeCredit('b', 3), makeCredit('c', 4)]))
  t.strictSame(countsOf(chosen), { a: 4, b: 2, c: 3 })
  t.end()
})

test('a worker whose other slots are busy gets no job while other workers have free slots', t => {
  // It has ended many short jobs through its only free slot, so it may be sent many ahead.
  const busy = makeCredit('busy', 1, { inHand: { attempts: 7, suspects: 0 }, total: 200 })
  const chosen = choose(jobs(8), makeAssigner([busy, makeCredit('idle', 8)]))
  t.strictSame(countsOf(chosen), { idle: 8 })
  t.end()
})

test('jobs are sent ahead only when no slot is free', t => {
  const ahead = makeCredit('ahead', 0, { total: 10 })
  const chosen = choose(jobs(5), makeAssigner([ahead, makeCredit('free', 2)]))
  t.strictSame(countsOf(chosen), { free: 2, ahead: 3 })
  t.end()
})

test('a job goes only to a worker that knows its kind and reads its lane', t => {
  const other = makeCredit('other', 8, { kinds: new Set(['x']), lanes: new Map([['default', [0]]]) })
  const elsewhere = makeCredit('elsewhere', 8, { lanes: new Map([['slow', [0]]]) })
  t.strictSame(choose(jobs(1), makeAssigner([other, elsewhere])), [])
  const chosen = choose(jobs(2), makeAssigner([other, elsewhere, makeCredit('right', 1)]))
  t.strictSame(countsOf(chosen), { right: 1 })
  t.end()
})

test('a job that no worker can take does not stop the jobs behind it', t => {
  const chosen = choose([job('1', 1, { kind: 'x' }), job('2', 2)], makeAssigner([makeCredit('w', 1)]))
  t.strictSame(
    chosen.map(({ job }) => job._id),
    ['2'],
  )
  t.end()
})

test('a closed worker gets nothing', t => {
  t.strictSame(choose(jobs(1), makeAssigner([makeCredit('w', 8)], new Set(['w']))), [])
  t.end()
})

test('credit that is given back is used again', t => {
  const assigner = makeAssigner([makeCredit('w', 1)])
  t.equal(assigner.assign(job('1', 1)), 'w')
  t.equal(assigner.assign(job('2', 2)), undefined)
  assigner.giveBack('w')
  t.equal(assigner.assign(job('2', 2)), 'w')
  t.end()
})
