import { test } from 'tap'
import { makeWaiters } from '../../../src/http/routes/waiters.ts'
import { silent } from '../../support/index.ts'

const LONG = 60_000

/** Waiters for work that ends when it is added to `ended`. */
function waitersOf(limit?: number) {
  const done = new Set<string>()
  const asked: string[][] = []
  const endedAmong = async (ids: readonly string[]) => {
    asked.push([...ids])
    return ids.filter(id => done.has(id))
  }
  const waiters = makeWaiters(silent, endedAmong, limit === undefined ? {} : { limit })
  return { ...waiters, done, asked, never: new AbortController().signal }
}

test('what has ended in this process ends the waiting for it only', async t => {
  const { wait, stop, ended, never } = waitersOf()
  const [first, second] = [wait('a', LONG, never), wait('a', LONG, never)]
  const other = wait('b', LONG, never)
  ended(['a'])
  t.strictSame(await Promise.all([first, second]), [true, true])
  stop()
  t.equal(await other, false)
})

test('what has ended in another process is found by one query for all waiters', async t => {
  const { wait, done, asked, never } = waitersOf()
  const waits = ['a', 'b', 'c'].map(id => wait(id, LONG, never))
  for (const id of ['a', 'b', 'c']) done.add(id)
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
  const { wait } = makeWaiters(silent, endedAmong)
  t.equal(await wait('a', LONG, new AbortController().signal), true)
  t.equal(asked, 2)
})
