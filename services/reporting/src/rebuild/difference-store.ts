import { beginningWith } from '@daybook/shared/mongo/beginning-with'
import { duplicatesIn } from '@daybook/shared/mongo/duplicate-keys'
import { driverCollection, modelOf, schemaOf } from '@daybook/shared/mongo/model'
import { streamOf } from '@daybook/shared/mongo/stream'
import type { Connection } from 'mongoose'
import { inGroups } from '../in-groups.ts'
import type { UserDay } from '../projection/projector.ts'
import type { Difference } from './difference.ts'

/** How many tasks of a user's day differ. */
export interface DifferingDay extends UserDay {
  missing: number
  extra: number
  changed: number
  /** The fields that differ in any of the changed tasks. */
  fields: string[]
}

interface StoredDay extends DifferingDay {
  /** `<generation>/<day>/<timeZone>/<userId>`, so that the ids of a generation are by day. */
  _id: string
  generation: number
  /** The last page that is counted. */
  through: string
}

/** How much differs in all. */
export interface Totals {
  userDays: number
  days: number
  missing: number
  extra: number
  changed: number
}

/** The users' days in which a rebuilt generation differs. They are stored, because there may be millions, and they outlive a crash. */
export interface Differences {
  /** Removes those of the generations up to this one. */
  clear: (generation: number) => Promise<void>
  /**
   * Adds the differences of a page of documents. Can be repeated.
   * @param through the id of the last document of the page
   */
  add: (generation: number, differences: Difference[], through: string) => Promise<void>
  totals: (generation: number) => Promise<Totals>
  /** The first ones, by day. */
  first: (generation: number, limit: number) => Promise<DifferingDay[]>
  /** Streams all of them in groups. */
  all: (generation: number) => AsyncIterable<UserDay[]>
}

const daySchema = schemaOf<StoredDay>({
  generation: Number,
  day: String,
  timeZone: String,
  userId: String,
  missing: Number,
  extra: Number,
  changed: Number,
  fields: [String],
  through: String,
})

const keyOf = ({ day, timeZone, userId }: UserDay) => `${day}/${timeZone}/${userId}`

const of = (generation: number) => ({ _id: beginningWith(`${generation}/`) })

export function openDifferences(connection: Connection): Differences {
  const days = modelOf(connection, 'projection_differences', daySchema)
  return {
    async clear(generation) {
      await days.deleteMany({ generation: { $lte: generation } })
    },
    async add(generation, differences, through) {
      const updates = [...Map.groupBy(differences, keyOf)].map(([key, ofDay]) => {
        const _id = `${generation}/${key}`
        const count = (kind: Difference['kind']) => ofDay.filter(one => one.kind === kind).length
        const [{ day, timeZone, userId }] = ofDay as [Difference]
        const update = {
          $inc: { missing: count('missing'), extra: count('extra'), changed: count('changed') },
          $set: { generation, day, timeZone, userId, through },
          $addToSet: { fields: { $each: ofDay.flatMap(({ fields }) => fields) } },
        }
        return { updateOne: { filter: { _id, through: { $lt: through } }, update, upsert: true } }
      })
      if (updates.length === 0) return
      try {
        await driverCollection(days).bulkWrite(updates, { ordered: false })
      } catch (error) {
        // Those that exist and are not before this page have been counted.
        duplicatesIn(error)
      }
    },
    async totals(generation) {
      const sum = (field: keyof Totals) => ({ $sum: `$${field}` })
      const [found] = await days.aggregate<Totals>([
        { $match: of(generation) },
        {
          $group: {
            _id: '$day',
            userDays: { $sum: 1 },
            missing: sum('missing'),
            extra: sum('extra'),
            changed: sum('changed'),
          },
        },
        {
          $group: {
            _id: null,
            days: { $sum: 1 },
            userDays: sum('userDays'),
            missing: sum('missing'),
            extra: sum('extra'),
            changed: sum('changed'),
          },
        },
        { $project: { _id: 0 } },
      ])
      return found ?? { userDays: 0, days: 0, missing: 0, extra: 0, changed: 0 }
    },
    first: (generation, limit) =>
      days
        .find(of(generation), { _id: 0, generation: 0, through: 0 })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<DifferingDay[]>(),
    all: generation =>
      inGroups(
        streamOf(
          days
            .find(of(generation), { _id: 0, userId: 1, day: 1, timeZone: 1 })
            .sort({ _id: 1 })
            .lean<UserDay>()
            .cursor(),
        ),
      ),
  }
}
