import { test } from 'tap'
import {
  afterSends,
  allHaveMore,
  creditOf,
  makeEndedWindow,
} from '../../../../src/jobs/dispatch/choice/credit.ts'
import { makeWorker } from '../../../support/job-workers.ts'

const none = () => 0
const holding = (attempts: number, suspects = 0) => new Map([['w', { attempts, suspects }]])

test('a worker has credit for its free slots', t => {
  const [credit] = creditOf([makeWorker('w', { slots: 8 })], holding(3), none)
  t.match(credit, { worker: 'w', free: 5, total: 5 })
  t.end()
})

test('a worker that has ended attempts lately has credit for as many more', t => {
  const [credit] = creditOf([makeWorker('w', { slots: 8 })], holding(10), () => 6)
  t.match(credit, { free: 0, total: 4 })
  t.end()
})

test('a worker that holds more than its credit gets nothing', t => {
  const [credit] = creditOf([makeWorker('w', { slots: 8 })], holding(20), none)
  t.match(credit, { free: 0, total: 0 })
  t.end()
})

test('a worker that is quiet or stopping has no credit', t => {
  for (const state of ['quiet', 'stopping', 'stopped'] as const)
    t.strictSame(creditOf([makeWorker('w', { state })], new Map(), none), [])
  t.end()
})

test('a worker that holds a suspect gets nothing else', t => {
  const [credit] = creditOf([makeWorker('w', { slots: 8 })], holding(1, 1), () => 6)
  t.match(credit, { free: 0, total: 0 })
  t.end()
})

test('a worker has no lane of which it owns no partition', t => {
  const lanes = [
    { lane: 'a', partitions: [] },
    { lane: 'b', partitions: [1, 2] },
  ]
  const [credit] = creditOf([makeWorker('w', { lanes })], new Map(), none)
  t.strictSame([...(credit?.lanes ?? [])], [['b', [1, 2]]])
  t.end()
})

test('what was sent uses up credit, and a suspect all of it', t => {
  const credits = creditOf(
    [makeWorker('v', { slots: 8 }), makeWorker('w', { slots: 8 })],
    holding(6),
    () => 4,
  )
  const sent = (count: number, suspect = false) =>
    Array.from({ length: count }, () => ({ worker: 'w', job: { suspect } }))
  const left = (count: number, suspect?: boolean) =>
    afterSends(credits, sent(count, suspect)).map(({ inHand, free, total }) => [inHand.attempts, free, total])
  t.strictSame(left(1), [
    [0, 8, 12],
    [7, 1, 5],
  ])
  t.strictSame(left(3)[1], [9, 0, 3])
  t.strictSame(left(1, true)[1], [7, 0, 0])
  t.end()
})

test('sending more can wait when every worker has more in hand than slots', t => {
  const workers = [makeWorker('v', { slots: 2 }), makeWorker('w', { slots: 8 })]
  const held = (v: number, w: number) => {
    const inHand = new Map([
      ['v', { attempts: v, suspects: 0 }],
      ['w', { attempts: w, suspects: 0 }],
    ])
    return creditOf(workers, inHand, () => 100)
  }
  t.equal(allHaveMore(held(3, 9)), true)
  t.equal(allHaveMore(held(3, 8)), false, 'a job that ends would leave a slot of w free')
  t.equal(allHaveMore(held(2, 9)), false, 'the same of v')
  t.end()
})

test('only what ended within the window has ended lately', t => {
  const window = makeEndedWindow(200)
  const endedAt = (at: number, ended: number) => {
    window.note([{ _id: 'w', ended }], at)
    return window.endedLately({ _id: 'w' })
  }
  t.equal(endedAt(0, 50), 0, 'what ended before the first look does not count')
  t.equal(endedAt(100, 53), 3)
  t.equal(endedAt(200, 60), 10)
  t.equal(endedAt(310, 61), 8)
  t.equal(endedAt(1000, 61), 0)
  t.end()
})

test('a worker that is gone is forgotten', t => {
  const window = makeEndedWindow(200)
  window.note([{ _id: 'w', ended: 0 }], 0)
  window.note([], 10)
  window.note([{ _id: 'w', ended: 5 }], 20)
  t.equal(window.endedLately({ _id: 'w' }), 0)
  t.end()
})

test('without a window nothing has ended lately', t => {
  const window = makeEndedWindow(0)
  window.note([{ _id: 'w', ended: 0 }], 0)
  window.note([{ _id: 'w', ended: 5 }], 10)
  t.equal(window.endedLately({ _id: 'w' }), 0)
  t.end()
})
