import pMap from 'p-map'

/**
 * Runs `each` for every item, at most `concurrency` at a time. After a failure no further item starts, and the error is
 * thrown once the running items have ended, so that a retry of the caller does not run at the same time as these items.
 * @throws the first error itself, so that the caller can tell an outage from other failures
 */
export async function concurrently<Item>(
  items: Item[],
  concurrency: number,
  each: (item: Item) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = []
  // p-map does not see the errors: it would reject at once, or run all other items and throw an AggregateError.
  const unlessFailed = async (item: Item) => {
    if (failures.length > 0) return
    try {
      await each(item)
    } catch (error) {
      failures.push(error)
    }
  }
  await pMap(items, unlessFailed, { concurrency })
  if (failures.length > 0) throw failures[0]
}
