import { setTimeout as sleep } from 'node:timers/promises'
import type { Collection } from 'mongoose'

const POLL_MS = 10

/**
 * Waits until a collection has so many documents. The count comes from the metadata of the collection, which costs little.
 * @returns the seconds from the first documents to the last ones
 */
export async function timeOfInserts(collection: Collection, count: number): Promise<number> {
  const reaches = async (wanted: number) => {
    while ((await collection.estimatedDocumentCount()) < wanted) await sleep(POLL_MS)
    return performance.now()
  }
  const began = await reaches(1)
  return ((await reaches(count)) - began) / 1000
}
