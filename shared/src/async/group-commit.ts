import { setImmediate as nextTurn } from 'node:timers/promises'
import { isOutage } from '../failures/outage.ts'

/**
 * Collects calls that arrive during a write into one group for the next write. Under load one round trip serves hundreds of
 * calls. Without load, a call waits for one turn of the event loop. One write runs at a time, in the order of the calls.
 * @param flush writes a group and returns one answer for each item, in the same order; when it rejects, every call of the
 * group rejects, and after an outage all queued calls reject too
 * @param limit the maximum number of items in a group
 * @returns a function that adds one item and resolves with its answer
 */
export function groupCommit<Item, Answer>(
  flush: (items: Item[]) => Promise<Answer[]>,
  limit: number,
): (item: Item) => Promise<Answer> {
  type Waiting = { item: Item; resolve: (answer: Answer) => void; reject: (error: unknown) => void }
  const waiting: Waiting[] = []
  let running = false

  async function flushAll(): Promise<void> {
    running = true
    // Waits for one turn of the event loop, so that calls from one burst of input share a group.
    await nextTurn()
    while (waiting.length > 0) {
      const group = waiting.splice(0, limit)
      try {
        const answers = await flush(group.map(({ item }) => item))
        for (const [i, { resolve }] of group.entries()) resolve(answers[i] as Answer)
      } catch (error) {
        // During an outage, reject everything that is queued: do not run it after its callers gave up.
        const failed = isOutage(error) ? [...group, ...waiting.splice(0)] : group
        for (const { reject } of failed) reject(error)
      }
    }
    running = false
  }

  return item => {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    waiting.push({ item, resolve, reject })
    if (!running) void flushAll()
    return promise
  }
}
