import { setImmediate as nextTurn } from 'node:timers/promises'
import { test } from 'tap'
import { groupCommit } from '../../src/async/group-commit.ts'
import { stopTime } from '../support/index.ts'

/** A flush that ends when the test says so; it answers each item with its double. */
function heldFlush() {
  const groups: number[][] = []
  const gates: PromiseWithResolvers<void>[] = []
  const arrivals = new Map<number, () => void>()
  const flush = async (items: number[]) => {
    groups.push(items)
    const gate = Promise.withResolvers<void>()
    gates.push(gate)
    arrivals.get(groups.length)?.()
    await gate.promise
    return items.map(item => item * 2)
  }
  const reached = (count: number) =>
    new Promise<void>(resolve => (groups.length >= count ? resolve() : arrivals.set(count, resolve)))
  return { flush, groups, gates, reached }
}

test('calls of one burst share a group, and each gets its own answer', async t => {
  const { flush, groups, gates, reached } = heldFlush()
  const call = groupCommit(flush, 10)
  const answers = Promise.all([call(1), call(2), call(3)])
  await reached(1)
  gates[0]?.resolve()
  t.strictSame(await answers, [2, 4, 6])
  t.strictSame(groups, [[1, 2, 3]])
})

test('calls that arrive during a flush share the next one, in order', async t => {
  const { flush, groups, gates, reached } = heldFlush()
  const call = groupCommit(flush, 10)
  const first = call(1)
  await reached(1)
  const later = [call(2), call(3), call(4)]
  for (let turn = 0; turn < 5; turn += 1) await nextTurn()
  t.strictSame(groups, [[1]], 'one flush is under way at a time')
  gates[0]?.resolve()
  t.equal(await first, 2)
  await reached(2)
  gates[1]?.resolve()
  t.strictSame(await Promise.all(later), [4, 6, 8])
  t.strictSame(groups, [[1], [2, 3, 4]])
})

test('a rejected flush rejects its own group and no other', async t => {
  const { flush, gates, reached } = heldFlush()
  const call = groupCommit(flush, 10)
  const [a, b] = [call(1), call(2)]
  await reached(1)
  const c = call(3)
  gates[0]?.reject(new Error('away'))
  await t.rejects(a, { message: 'away' })
  await t.rejects(b, { message: 'away' })
  await reached(2)
  gates[1]?.resolve()
  t.equal(await c, 6)
})

test('a flush that throws rejects its group, and the next call is flushed', async t => {
  let calls = 0
  const call = groupCommit((items: number[]) => {
    calls += 1
    if (calls === 1) throw new Error('broken')
    return Promise.resolve(items)
  }, 10)
  await t.rejects(call(1), { message: 'broken' })
  t.equal(await call(2), 2)
})

test('no group is larger than the limit', async t => {
  const groups: number[][] = []
  const call = groupCommit(async (items: number[]) => {
    groups.push(items)
    return items
  }, 2)
  t.strictSame(await Promise.all([1, 2, 3, 4, 5].map(call)), [1, 2, 3, 4, 5])
  t.strictSame(groups, [[1, 2], [3, 4], [5]])
})

test('a call after an idle time starts a new group', async t => {
  const call = groupCommit(async (items: number[]) => items, 10)
  t.equal(await call(1), 1)
  t.equal(await call(2), 2)
})

test('an outage rejects all queued calls and runs none of them', async t => {
  const { flush, groups, gates, reached } = heldFlush()
  const call = groupCommit(flush, 1)
  const calls = [call(1), call(2), call(3)]
  await reached(1)
  const outage = Object.assign(new Error('full'), { code: 'ENOSPC' })
  gates[0]?.reject(outage)
  for (const one of await Promise.allSettled(calls)) t.match(one, { status: 'rejected', reason: outage })
  t.strictSame(groups, [[1]])
})

// In the tests of gathering, the time stands still: only `pass` ends the wait of a group.
const GATHER_MS = 10
const crowd = Array.from({ length: 8 }, (_, i) => i)

test('callers that call again at once share a group with those who wait', async t => {
  stopTime(t)
  const { flush, groups, gates, reached } = heldFlush()
  const call = groupCommit(flush, 100, GATHER_MS)
  const again = crowd.map(async i => {
    await call(i)
    return call(i)
  })
  await reached(1)
  const others = crowd.map(i => call(100 + i))
  gates[0]?.resolve()
  await reached(2)
  gates[1]?.resolve()
  await Promise.all([...again, ...others])
  t.equal(groups[1]?.length, 16)
})

test('a group waits no longer than it may for callers that do not call again', async t => {
  const time = stopTime(t)
  const { flush, groups, gates, reached } = heldFlush()
  const call = groupCommit(flush, 100, GATHER_MS)
  const first = crowd.map(call)
  await reached(1)
  gates[0]?.resolve()
  await Promise.all(first)
  const late = call(9)
  for (let turn = 0; turn < 5; turn += 1) await nextTurn()
  t.equal(groups.length, 1, 'it waits')
  await time.pass(GATHER_MS)
  await reached(2)
  gates[1]?.resolve()
  t.equal(await late, 18)
})

test('a caller that calls alone does not wait for others', async t => {
  stopTime(t)
  const call = groupCommit(async (items: number[]) => items, 100, GATHER_MS)
  t.equal(await call(1), 1)
  t.equal(await call(2), 2)
})

test('a group that gathers is as large as the limit at most', async t => {
  stopTime(t)
  const { flush, groups, gates, reached } = heldFlush()
  const call = groupCommit(flush, 8, GATHER_MS)
  const first = crowd.map(call)
  await reached(1)
  const later = crowd.map(call)
  gates[0]?.resolve()
  await reached(2)
  gates[1]?.resolve()
  await Promise.all([...first, ...later])
  t.strictSame(
    groups.map(({ length }) => length),
    [8, 8],
  )
})
