import { test } from 'tap'
import { jointly } from '../../src/projection/jointly.ts'

/** Work that ends when the test says so. `calls` has the items of each call. */
function heldWork() {
  const calls: number[][] = []
  const gates: PromiseWithResolvers<void>[] = []
  const begun: PromiseWithResolvers<void>[] = []
  const at = (list: PromiseWithResolvers<void>[], n: number) => {
    list[n] ??= Promise.withResolvers()
    return list[n]
  }
  const work = async (items: number[]) => {
    const n = calls.push(items) - 1
    at(begun, n).resolve()
    await at(gates, n).promise
  }
  return { work, calls, gate: (n: number) => at(gates, n), begun: (n: number) => at(begun, n).promise }
}

const range = (length: number) => Array.from({ length }, (_, i) => i)

test('small batches that arrive during a call share the next call, and end with it', async t => {
  const { work, calls, gate, begun } = heldWork()
  const share = jointly(work, 6)
  const first = share([1])
  await begun(0)
  const ended: number[] = []
  const later = [share([2, 3]).then(() => ended.push(2)), share([4]).then(() => ended.push(4))]
  gate(0).resolve()
  await first
  await begun(1)
  t.strictSame(calls, [[1], [2, 3, 4]])
  t.strictSame(ended, [])
  gate(1).resolve()
  await Promise.all(later)
  t.strictSame(ended, [2, 4])
})

test('no more batches share a call than the limit', async t => {
  const calls: number[][] = []
  const share = jointly(async (items: number[]) => void calls.push(items), 2)
  await Promise.all([share([1]), share([2, 3]), share([4])])
  t.strictSame(calls, [[1, 2, 3], [4]])
})

test('a large batch waits for no other call and shares none', async t => {
  const { work, calls, gate, begun } = heldWork()
  const share = jointly(work, 6)
  const small = share([1])
  await begun(0)
  const large = [share(range(100)), share(range(500))]
  t.strictSame(
    calls.map(({ length }) => length),
    [1, 100, 500],
  )
  for (const n of [2, 1, 0]) gate(n).resolve()
  await Promise.all([small, ...large])
})

test('when a shared call fails, each of its batches succeeds or fails alone', async t => {
  const calls: number[][] = []
  const share = jointly(async (items: number[]) => {
    calls.push(items)
    if (items.includes(13)) throw new Error('unlucky')
  }, 6)
  const outcomes = await Promise.allSettled([share([1, 2]), share([13, 14]), share([3])])
  t.strictSame(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  )
  t.match(outcomes[1], { reason: { message: 'unlucky' } })
  t.strictSame(calls, [[1, 2, 13, 14, 3], [1, 2], [13, 14], [3]])
})

test('a call of one batch that fails is not repeated', async t => {
  let calls = 0
  const share = jointly(async () => {
    calls += 1
    throw new Error('broken')
  }, 6)
  await t.rejects(share([1]), { message: 'broken' })
  t.equal(calls, 1)
})

test('an outage fails all batches of a shared call, and repeats none', async t => {
  let calls = 0
  const outage = Object.assign(new Error('full'), { code: 'ENOSPC' })
  const share = jointly(async () => {
    calls += 1
    throw outage
  }, 6)
  for (const one of await Promise.allSettled([share([1]), share([2])]))
    t.match(one, { status: 'rejected', reason: outage })
  t.equal(calls, 1)
})
