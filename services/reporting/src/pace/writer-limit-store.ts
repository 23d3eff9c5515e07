import { isDuplicateKey } from '@daybook/shared/mongo/duplicate-keys'
import { modelOf, schemaOf } from '@daybook/shared/mongo/model'
import type { Connection } from 'mongoose'

/** How many files a second log writers write at most. Null: no limit. */
export interface WriterLimit {
  /** In each process. */
  perProcess: number | null
  /** In all processes together. */
  total: number | null
}

/** A limit as it is stored. */
export interface StoredLimit extends WriterLimit {
  /** How often the limit was set. */
  version: number
}

interface LimitDocument extends StoredLimit {
  /** When the next batch may begin under the total limit, by the clock of MongoDB. */
  nextFree: Date
  /** When the last batch was reserved, and when it may begin. */
  reservedAt?: Date
  start?: Date
}

const limitSchema = schemaOf<LimitDocument & { _id: string }>({
  perProcess: Number,
  total: Number,
  version: Number,
  nextFree: Date,
  reservedAt: Date,
  start: Date,
})

const ID = 'writers'
const none: StoredLimit = { perProcess: null, total: null, version: 0 }

/** The limit of the log writers, which all processes share. */
export interface WriterLimits {
  read: () => Promise<StoredLimit>
  /** Sets the limit. What was reserved under the former one is void. */
  set: (limit: WriterLimit) => Promise<StoredLimit>
  /**
   * Reserves the writing of files under the total limit: a batch begins when the files of the batch before it have taken their
   * time.
   * @returns when the batch may begin, in milliseconds from now; undefined if the limit is not of this version any more
   */
  reserve: (files: number, version: number) => Promise<number | undefined>
}

export function openWriterLimits(connection: Connection): WriterLimits {
  const limits = modelOf(connection, 'writer_limits', limitSchema)
  const shown = ({ perProcess, total, version }: StoredLimit): StoredLimit => ({ perProcess, total, version })

  async function set({ perProcess, total }: WriterLimit): Promise<StoredLimit> {
    const version = { $add: [{ $ifNull: ['$version', 0] }, 1] }
    const change = [{ $set: { perProcess, total, version, nextFree: '$$NOW' } }]
    const options = { upsert: true, returnDocument: 'after', updatePipeline: true } as const
    return shown((await limits.findOneAndUpdate({ _id: ID }, change, options).lean<LimitDocument>()) ?? none)
  }

  return {
    read: async () => shown((await limits.findById(ID).lean<LimitDocument>()) ?? none),
    async set(limit) {
      try {
        return await set(limit)
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
        // Another process has just set the first limit, so this changes a document that exists.
        return set(limit)
      }
    },
    async reserve(files, version) {
      const steps = [
        { $set: { start: { $max: ['$$NOW', '$nextFree'] }, reservedAt: '$$NOW' } },
        { $set: { nextFree: { $add: ['$start', { $ceil: { $divide: [files * 1000, '$total'] } }] } } },
      ]
      const options = { returnDocument: 'after', updatePipeline: true } as const
      const limited = { _id: ID, version, total: { $gt: 0 } }
      const found = await limits.findOneAndUpdate(limited, steps, options).lean<Required<LimitDocument>>()
      return found === null ? undefined : found.start.getTime() - found.reservedAt.getTime()
    },
  }
}
