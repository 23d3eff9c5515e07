import { type Connection, Schema } from 'mongoose'
import type { Logger } from 'pino'
import { startLoop } from '../async/loop.ts'
import { isOutage } from '../failures/outage.ts'
import { createIndexes, driverCollection, modelOf, schemaOf } from '../mongo/model.ts'

/** What a service did in a minute: the sum over all its processes. */
interface StoredRate {
  /** `<service>/<minute>`, the minute as `2026-11-22T13:03`. */
  _id: string
  minute: Date
  counts: Record<string, number>
}

/** The counts of one minute. */
export interface Minute {
  minute: Date
  counts: Record<string, number>
}

/** Counts what a service does, by minute, for all its processes. */
export interface Rates {
  /** Counts in memory. It costs no access to MongoDB. */
  count: (name: string, count?: number) => void
  /** The minutes in which something was counted, from an instant on, in order. */
  read: (from: Date) => Promise<Minute[]>
  /** Writes what is counted, and ends. */
  stop: () => Promise<void>
}

interface Options {
  log: Logger
  fail: (error: Error) => void
  /** Milliseconds between two writes of a process. */
  everyMs?: number
}

export const MINUTE_MS = 60_000
// A little more than a day, so that a chart of a day is whole.
const KEPT_SECONDS = 90_000
// During an outage of MongoDB the oldest minutes are given up beyond so many.
const MAX_MINUTES = 1500

const rateSchema = schemaOf<StoredRate>({
  minute: Date,
  // Mixed, because the names of what is counted are the names of the fields.
  counts: Schema.Types.Mixed,
})
rateSchema.index({ minute: 1 }, { name: 'old', expireAfterSeconds: KEPT_SECONDS })

/**
 * Opens the collection `rates`. Each process adds its counts every ten seconds in one write, if it has counted anything. A process
 * that is killed loses the counts of its last ten seconds; an outage of MongoDB loses none.
 * @param service the name of the service, as in `tasks`
 */
export async function openRates(
  connection: Connection,
  service: string,
  { log, fail, everyMs = 10_000 }: Options,
): Promise<Rates> {
  const model = modelOf(connection, 'rates', rateSchema)
  await createIndexes(model)
  const rates = driverCollection(model)
  let counted = new Map<number, Map<string, number>>()

  function add(minute: number, name: string, count: number): void {
    const counts = counted.get(minute) ?? new Map<string, number>()
    counts.set(name, (counts.get(name) ?? 0) + count)
    counted.set(minute, counts)
    const [oldest] = counted.keys()
    if (counted.size > MAX_MINUTES && oldest !== undefined) counted.delete(oldest)
  }

  async function write(): Promise<void> {
    if (counted.size === 0) return
    const taken = counted
    counted = new Map()
    try {
      await rates.bulkWrite([...taken].map(entry => updateOf(service, ...entry)))
    } catch (error) {
      for (const [minute, counts] of taken) for (const [name, count] of counts) add(minute, name, count)
      throw error
    }
  }

  const loop = startLoop(async () => {
    await write().catch(error => {
      if (!isOutage(error)) throw error
    })
    return everyMs
  }, fail)

  return {
    count(name, count = 1) {
      if (count > 0) add(Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS, name, count)
    },
    async read(from) {
      const ofService = { $gte: idOf(service, from), $lt: `${service}0` }
      const found = await rates.find({ _id: ofService }).sort({ _id: 1 }).toArray()
      return found.map(({ minute, counts }) => ({ minute, counts }))
    },
    async stop() {
      await loop.stop()
      await write().catch(error => log.warn({ err: error }, 'the counts of the last seconds are lost'))
    },
  }
}

// `0` is the character after `/`.
const idOf = (service: string, minute: Date) => `${service}/${minute.toISOString().slice(0, 16)}`

function updateOf(service: string, at: number, counts: ReadonlyMap<string, number>) {
  const minute = new Date(at)
  const $inc = Object.fromEntries([...counts].map(([name, count]) => [`counts.${name}`, count]))
  return {
    updateOne: {
      filter: { _id: idOf(service, minute) },
      update: { $inc, $setOnInsert: { minute } },
      upsert: true,
    },
  }
}
