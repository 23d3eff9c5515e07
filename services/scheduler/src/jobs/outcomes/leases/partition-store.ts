import { modelOf, schemaOf } from '@daybook/shared/mongo/model'
import type { Connection } from 'mongoose'

/** A document of the collection `job_partitions`: how far a partition of daybook.jobs.results is handled. */
interface StoredPartition {
  /** The number of the partition. */
  _id: string
  /** The broker's time of the last probe that was handled. All records before it are handled. */
  probeAt: Date
}

const partitionSchema = schemaOf<StoredPartition>({ probeAt: Date })

/** How far the partitions of daybook.jobs.results are handled, for all processes. */
export interface Partitions {
  handled: (partition: number, probeAt: Date) => Promise<void>
  /**
   * Returns the instant of the broker's clock up to which all these partitions are handled; undefined as long as one of
   * them has not been handled at all.
   */
  handledUpTo: (partitions: readonly number[]) => Promise<Date | undefined>
}

export function openPartitions(connection: Connection): Partitions {
  const documents = modelOf(connection, 'job_partitions', partitionSchema)
  return {
    async handled(partition, probeAt) {
      await documents.updateOne({ _id: String(partition) }, { $max: { probeAt } }, { upsert: true })
    },
    async handledUpTo(partitions) {
      const ids = partitions.map(String)
      const found = await documents.find({ _id: { $in: ids } }).lean<StoredPartition[]>()
      if (found.length < ids.length || found.length === 0) return undefined
      return new Date(Math.min(...found.map(({ probeAt }) => probeAt.getTime())))
    },
  }
}
