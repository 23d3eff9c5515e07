import { modelOf, schemaOf } from '@daybook/shared/mongo/model'
import { olderTimeZones } from '@daybook/shared/time/days'
import type { Connection } from 'mongoose'
import type { DayInZone } from '../run-id.ts'

/** The last day that is closed in a time zone; `_id` is the name of the zone. */
export interface ClosedZone {
  _id: string
  closedThrough: string
  /** Only under an older name: the last day that this version has reviewed of the days that earlier versions closed. */
  reviewedThrough?: string
}

const zoneSchema = schemaOf<ClosedZone>({ closedThrough: String, reviewedThrough: String })

/** Stores which days are closed. The run loop closes days, and the projector finds late completions by their closed day. */
export interface ClosedDays {
  /** Closes a day: from now on its completions are late. */
  close: (day: string, timeZone: string) => Promise<void>
  /** @returns the given items whose day is closed */
  pastClosing: <One extends DayInZone>(items: One[]) => Promise<Set<One>>
  /** The zones that are closed through the latest days, some of several with the same day. */
  latest: (limit: number) => Promise<ClosedZone[]>
  /** The zones that earlier versions stored under older names. */
  underOlderNames: () => Promise<ClosedZone[]>
  /** Records that the days of a zone are reviewed up to `closedThrough`, as the zone was read. */
  recordReviewed: (zone: ClosedZone) => Promise<void>
}

export function openClosedDays(connection: Connection): ClosedDays {
  const zones = modelOf(connection, 'time_zones', zoneSchema)
  return {
    async close(day, timeZone) {
      await zones.updateOne({ _id: timeZone }, { $max: { closedThrough: day } }, { upsert: true })
    },
    async pastClosing(items) {
      const timeZones = [...new Set(items.map(({ timeZone }) => timeZone))]
      const found = await zones.find({ _id: { $in: timeZones } }).lean<ClosedZone[]>()
      const closedThrough = new Map(found.map(zone => [zone._id, zone.closedThrough]))
      return new Set(items.filter(({ day, timeZone }) => day <= (closedThrough.get(timeZone) ?? '')))
    },
    latest: limit => zones.find().sort({ closedThrough: -1 }).limit(limit).lean<ClosedZone[]>(),
    underOlderNames: () => zones.find({ _id: { $in: [...olderTimeZones] } }).lean<ClosedZone[]>(),
    async recordReviewed({ _id, closedThrough }) {
      await zones.updateOne({ _id }, { $max: { reviewedThrough: closedThrough } })
    },
  }
}
