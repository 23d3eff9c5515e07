import { groupCommit } from '@daybook/shared/async/group-commit'
import { isOutage } from '@daybook/shared/failures/outage'

// A batch of this size costs little for each item, so it is written alone, at the same time as others.
const LARGE = 100

type Work<Item> = (items: Item[]) => Promise<void>

/**
 * Lets small batches that arrive during a call share the next call: a call costs MongoDB and this process as much as many
 * items do. When a shared call fails, it is repeated for each of its batches alone, so that no batch fails because of another
 * one. An outage fails all of them.
 * @param work does the work for the items of any batches; must be idempotent
 * @param batches the most batches that share a call, each of less than 100 items
 * @returns the function to call with a batch; it resolves when the work for the batch is done
 */
export function jointly<Item>(work: Work<Item>, batches: number): Work<Item> {
  const share = groupCommit<Item[], undefined | Promise<void>>(async waiting => {
    try {
      await work(waiting.flat())
      return waiting.map(() => undefined)
    } catch (error) {
      if (waiting.length === 1 || isOutage(error)) throw error
      return waiting.map(work)
    }
  }, batches)
  return async items => (items.length < LARGE ? share(items) : work(items))
}
