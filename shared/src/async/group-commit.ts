import { setImmediate as nextTurn } from 'node:timers/promises'
import { isOutage } from '../failures/outage.ts'

// A group with fewer calls is answered to callers that come and go, not to a crowd that calls again.
const CROWD = 8

/**
 * Collects calls that arrive during a write into one group for the next write. Under load one round trip serves hundreds of
 * calls. Without load, a call waits for one turn of the event loop. One write runs at a time, in the order of the calls.
 * @param flush writes a group and returns one answer for each item, in the same order; when it rejects, every call of the
 * group rejects, and after an outage all queued calls reject too
 * @param limit the maximum number of items in a group
 * @param gatherMs how long at most a group waits for the callers that were just answered to call again, in milliseconds.
 * Without it, many callers that each wait for their answer form two groups of half the size, which take turns.
 * @returns a function that adds one item and resolves with its answer
 */
export function groupCommit<Item, Answer>(
  flush: (items: Item[]) => Promise<Answer[]>,
  limit: number,
  gatherMs = 0,
): (item: Item) => Promise<Answer> {
  type Waiting = { item: Item; resolve: (answer: Answer) => void; reject: (error: unknown) => void }
  const waiting: Waiting[] = []
  let running = false
  // Called for each new item while a group gathers.
  let onItem: (() => void) | undefined

  /** Waits until as many calls have arrived as were answered, or the time is over. */
  async function gather(answered: number): Promise<void> {
    const wanted = Math.min(limit, waiting.length + answered)
    if (gatherMs === 0 || answered < CROWD || waiting.length >= wanted) return
    const gathered = Promise.withResolvers<void>()
    const timer = setTimeout(gathered.resolve, gatherMs)
    onItem = () => void (waiting.length >= wanted && gathered.resolve())
    await gathered.promise
    onItem = undefined
    clearTimeout(timer)
  }

  async function flushAll(): Promise<void> {
    running = true
    // Waits for one turn of the event loop, so that calls from one burst of input share a group.
    await nextTurn()
    while (waiting.length > 0) {
      const group = waiting.splice(0, limit)
      try {
        const answers = await flush(group.map(({ item }) => item))
        for (const [i, { resolve }] of group.entries()) resolve(answers[i] as Answer)
        await gather(group.length)
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
    onItem?.()
    if (!running) void flushAll()
    return promise
  }
}
