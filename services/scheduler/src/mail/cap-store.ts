import { isDuplicateKey } from '@daybook/shared/mongo/duplicate-keys'
import { modelOf, partSchemaOf, schemaOf } from '@daybook/shared/mongo/model'
import type { Connection } from 'mongoose'
import { type Caps, type Place, type Taken, takePlace } from './caps.ts'

/** The places that are taken under the caps. */
export interface CapStore {
  /** Takes a place for a mail, see `takePlace`. One document holds all places, so the caps hold over all processes. */
  take: (mail: Omit<Place, 'at'>, caps: Caps, now: Date) => Promise<Taken>
}

/** The only document of the collection `mail_caps`. */
interface StoredPlaces {
  _id: string
  version: number
  places: Place[]
}

const capSchema = schemaOf<StoredPlaces>({
  version: Number,
  places: [partSchemaOf<Place>({ mail: String, to: String, at: Date })],
})
const _id = 'places'

export function openCaps(connection: Connection): CapStore {
  const documents = modelOf(connection, 'mail_caps', capSchema)

  async function write(version: number, places: Place[]): Promise<boolean> {
    try {
      const next = { $set: { version: version + 1, places } }
      const written = await documents.updateOne({ _id, version }, next, { upsert: version === 0 })
      return written.modifiedCount + written.upsertedCount === 1
    } catch (error) {
      if (isDuplicateKey(error)) return false
      throw error
    }
  }

  return {
    async take(mail, caps, now) {
      for (;;) {
        const { version, places } = (await documents.findById(_id).lean<StoredPlaces>()) ?? {
          version: 0,
          places: [],
        }
        const taken = takePlace(places, mail, caps, now)
        if ('freeAt' in taken || (await write(version, taken.places))) return taken
      }
    },
  }
}
