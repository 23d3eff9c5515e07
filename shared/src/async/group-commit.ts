import { setImmediate as nextTurn } from 'node:timers/promises'
import { isOutage } from '../failures/outage.ts'

/**
 * Lets callers that arrive while a write is under way share the next one: under load one round trip serves
 * hundreds, when idle a call goes out at once. One write is under way at a time, in the order of the calls.
 * @param flush writes a group and answers each item, in the order given; when it rejects, every item of the group
 * does, and by an outage everything that waits
 * @param limit the most items in a group
 * @returns a function that hands over one item and resolves with its answer
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
    // One turn of the event loop, so that calls made by the same burst of input meet in one group.
    await nextTurn()
    while (waiting.length > 0) {
      const group = waiting.splice(0, limit)
      try {
        const answers = await flush(group.map(({ item }) => item))
        for (const [i, { resolve }] of group.entries()) resolve(answers[i] as Answer)
      } catch (error) {
        // Away is away: who waits would only wait longer, and be carried out when nobody asks for it any more.
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
