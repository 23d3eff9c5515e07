import { silent } from '@daybook/shared/testing'
import { test } from 'tap'
import { makeWaiters } from '../../../src/jobs/queries/waiters.ts'
import { makeSignals } from '../../../src/jobs/stored/signals.ts'

const LONG = 60_000

/** Waiters whose jobs end when they are added to `ended`. */
function waitersOf(limit?: number) {
  const ended = new Set<string>()
  const asked: string[][] = []
  const signals = makeSignals()
  const endedAmong = async (ids: readonly string[]) => {
    asked.push([...ids])
    return ids.filter(id => ended.has(id))
  }
  const waiters = makeWaiters({ signals, log: silent }, endedAmong, limit === undefined ? {} : { limit })
  return { ...waiters, ended, asked, signals, never: new AbortController().signal }
}
const finished = (id: string) => [{ id, kind: 'k', lane: 'default', state: 'succeeded' as const }]

test('a signal of this process ends the waiting for its job only', async t => {
  const { wait, stop, signals, never } = waitersOf()
  const [first, second] = [wait('a', LONG, never), wait('a', LONG, never)]
  const other = wait('b', LONG, never)
  signals.emit('finished', finished('a'))
  t.strictSame(await Promise.all([first, second]), [true, true])
  stop()
  t.equal(await other, false)
})

test('an outcome that another process recorded is found by one query for all waiters', async t => {
  const { wait, ended, asked, never } = waitersOf()
  const waits = ['a', 'b', 'c'].map(id => wait(id, LONG, never))
  for (const id of ['a', 'b', 'c']) ended.add(id)
  t.strictSame(await Promise.all(waits), [true, true, true])
  t.strictSame(asked, [['a', 'b', 'c']])
})

test('a waiter gives up after its time, and when its client has gone', async t => {
  const { wait, never } = waitersOf()
  t.equal(await wait('a', 0, never), false)
  const client = new AbortController()
  const waiting = wait('a', LONG, client.signal)
  client.abort()
  t.equal(await waiting, false)
  t.equal(await wait('a', LONG, client.signal), false)
})

test('at most the limit of waiters wait, and those that have gone make room', async t => {
  const { wait, stop, never } = waitersOf(1)
  const client = new AbortController()
  const waiting = wait('a', LONG, client.signal)
  t.equal(await wait('b', LONG, never), undefined)
  client.abort()
  await waiting
  const next = wait('b', LONG, never)
  stop()
  t.equal(await next, false)
})

test('after a query that failed the next one is asked', async t => {
  let asked = 0
  const endedAmong = async (ids: readonly string[]) => {
    asked += 1
    if (asked === 1) throw new Error('no answer')
    return [...ids]
  }
  const { wait } = makeWaiters({ signals: makeSignals(), log: silent }, endedAmong)
  t.equal(await wait('a', LONG, new AbortController().signal), true)
  t.equal(asked, 2)
})
