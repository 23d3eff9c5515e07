import { isOutage } from '@daybook/shared/failures/outage'
import t from 'tap'
import { concurrently } from '../src/concurrently.ts'

/** Makes items that run until the test ends them, and records the order in which they start. */
function manualItems() {
  const started: number[] = []
  const running = new Map<number, PromiseWithResolvers<void>>()
  const each = (item: number) => {
    const end = Promise.withResolvers<void>()
    started.push(item)
    running.set(item, end)
    return end.promise
  }
  const settle = async () => new Promise(resolve => setImmediate(resolve))
  return { started, running, each, settle }
}

t.test('the next item starts as soon as a running item has ended', async t => {
  const { started, running, each, settle } = manualItems()
  const all = concurrently([1, 2, 3, 4], 2, each)
  await settle()
  t.strictSame(started, [1, 2])
  running.get(2)?.resolve()
  await settle()
  t.strictSame(started, [1, 2, 3])
  for (const item of [1, 3]) running.get(item)?.resolve()
  await settle()
  running.get(4)?.resolve()
  await all
})

t.test(
  'after an outage no item starts, the running items end first, and the error is the outage',
  async t => {
    const { started, running, each, settle } = manualItems()
    let thrown: unknown
    const all = concurrently([1, 2, 3, 4], 3, each).catch(error => {
      thrown = error
    })
    await settle()
    const outage = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
    running.get(2)?.reject(outage)
    await settle()
    running.get(1)?.resolve()
    await settle()
    t.equal(thrown, undefined, 'item 3 still runs')
    running.get(3)?.reject(new Error('another failure'))
    await all
    t.equal(thrown, outage)
    t.ok(isOutage(thrown))
    t.strictSame(started, [1, 2, 3])
  },
)

t.test('an empty list resolves at once', async t => {
  await concurrently([], 2, async () => void t.fail('there is no item to run'))
})
