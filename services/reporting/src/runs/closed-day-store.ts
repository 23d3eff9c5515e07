import { modelOf, schemaOf } from '@daybook/shared/mongo/model'
import { olderTimeZones } from '@daybook/shared/time/days'
import type { Connection } from 'mongoose'
import type { DayInZone } from '../run-id.ts'

/** The last day that is closed in a time zone; `_id` is the name of the zone. */
export interface ClosedZone {
  _id: string
  closedThrough: string
  /** For an older name: the last day, of those that earlier versions closed, that this version has reviewed. */
  reviewedThrough?: string
}

const zoneSchema = schemaOf<ClosedZone>({ closedThrough: String, reviewedThrough: String })

/** Which days are closed. The run loop writes it, and the projector finds late completions by it. */
export interface ClosedDays {
  /** Closes a day: from now on its completions are late. */
  close: (day: string, timeZone: string) => Promise<void>
  /** @returns the given items whose day is closed */
  pastClosing: <One extends DayInZone>(items: One[]) => Promise<Set<One>>
  /** The zones under names of earlier versions. */
  underOlderNames: () => Promise<ClosedZone[]>
  /** Notes that all days of a zone that are closed, as it was read, are reviewed. */
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
    underOlderNames: () => zones.find({ _id: { $in: [...olderTimeZones] } }).lean<ClosedZone[]>(),
    async recordReviewed({ _id, closedThrough }) {
      await zones.updateOne({ _id }, { $max: { reviewedThrough: closedThrough } })
    },
  }
}
