import { modelOf, schemaOf } from '@daybook/shared/mongo/model'
import type { Connection } from 'mongoose'

/** How far the files of old days are removed and compressed. Each field is a day, and empty at first. */
export interface LogAges {
  /** Days up to this one have no files. It is recorded before they are removed. */
  removedThrough: string
  /** Files of days up to this one are written compressed. It is recorded before those that are there are compressed. */
  compressedThrough: string
  /** Up to this day, all files that were there have been compressed. */
  tidiedThrough: string
  /** On this day, the files of older days have got the current names of their users, see `renameFormer`. */
  renamedOn: string
}

/** The record of old days. All processes share it, whatever their settings say. */
export interface LogAgeStore {
  read: () => Promise<LogAges>
  /** Moves one field to a later day. An earlier day changes nothing. */
  advance: (field: keyof LogAges, day: string) => Promise<void>
}

const ID = 'log_files'
const none: LogAges = { removedThrough: '', compressedThrough: '', tidiedThrough: '', renamedOn: '' }
const schema = schemaOf<LogAges & { _id: string }>({
  removedThrough: String,
  compressedThrough: String,
  tidiedThrough: String,
  renamedOn: String,
})

export function openLogAges(connection: Connection): LogAgeStore {
  const ages = modelOf(connection, 'log_ages', schema)
  return {
    read: async () => ({ ...none, ...(await ages.findById(ID).lean<LogAges>()) }),
    async advance(field, day) {
      await ages.updateOne({ _id: ID }, { $max: { [field]: day } }, { upsert: true })
    },
  }
}
