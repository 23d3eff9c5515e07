import { olderTimeZones } from '@daybook/shared/time/days'
import type { ClosedDays, ClosedZone } from '../../../../services/reporting/src/runs/closed-day-store.ts'
import { collectionOf } from '../collection.ts'
import type { Connection } from '../database.ts'

/** `openClosedDays` in memory. */
export function memoryClosedDays(connection: Connection): ClosedDays {
  const zones = collectionOf<ClosedZone>(connection, 'time_zones')
  return {
    close: (day, timeZone) =>
      zones.upsert(timeZone, zone => ({
        ...zone,
        _id: timeZone,
        closedThrough: later(zone?.closedThrough, day),
      })),
    async pastClosing(items) {
      const found = await zones.getAll(items.map(({ timeZone }) => timeZone))
      const closedThrough = new Map(found.map(zone => [zone._id, zone.closedThrough]))
      return new Set(items.filter(({ day, timeZone }) => day <= (closedThrough.get(timeZone) ?? '')))
    },
    async latest(limit) {
      const found = await zones.find(() => true)
      return found.sort((a, b) => (a.closedThrough < b.closedThrough ? 1 : -1)).slice(0, limit)
    },
    underOlderNames: () => zones.getAll([...olderTimeZones]),
    async recordReviewed({ _id, closedThrough }) {
      await zones.update(
        _id,
        () => true,
        zone => ({ ...zone, reviewedThrough: later(zone.reviewedThrough, closedThrough) }),
      )
    },
  }
}

const later = (day: string | undefined, other: string) => (day !== undefined && day > other ? day : other)
