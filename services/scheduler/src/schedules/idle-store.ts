import type { AnyBulkWriteOperation } from 'mongoose'
import type { UserSchedule } from './schedule.ts'
import { absent, type ScheduleModel, settingFields } from './schedule-model.ts'

type Write = AnyBulkWriteOperation<UserSchedule>

/** Finds and forgets operators' schedules that are idle. */
export interface IdleStore {
  /**
   * Finds operators' schedules that may have been idle since before an instant, each with its newest change. Schedules
   * with events to publish are left out.
   */
  findMaybeIdle: (before: Date, limit: number) => Promise<UserSchedule[]>
  /**
   * Records the earliest instant since which each schedule can be idle. `findMaybeIdle(before)` leaves the schedule out as
   * long as `before` is not after that instant.
   */
  noteNotIdle: (schedules: { name: string; before: Date }[]) => Promise<void>
  /**
   * Forgets schedules: keeps their names, versions and last slots, so that versions continue and no slot fires twice. A
   * schedule that has changed since it was read is left as it is.
   * @returns how many were forgotten
   */
  forget: (read: UserSchedule[], now: Date) => Promise<number>
}

export function idleStore(schedules: ScheduleModel): IdleStore {
  const write = (writes: Write[]) =>
    schedules.bulkWrite(writes, { ordered: false, throwOnValidationError: true })

  return {
    // Uses the index `idle`.
    findMaybeIdle: (before, limit) =>
      schedules
        .find({
          definition: { $exists: true },
          nextFireAt: absent,
          notIdleBefore: { $not: { $gte: before } },
          outbox: absent,
        })
        .select({ changes: { $slice: -1 }, firedByHand: 0, firings: 0 })
        .limit(limit)
        .lean<UserSchedule[]>(),
    async noteNotIdle(found) {
      if (found.length > 0) await write(found.map(noteNotIdle))
    },
    async forget(read, now) {
      if (read.length === 0) return 0
      return (await write(read.map(schedule => forget(schedule, now)))).modifiedCount
    },
  }
}

const noteNotIdle = ({ name, before }: { name: string; before: Date }): Write => ({
  updateOne: {
    filter: { _id: name, definition: { $exists: true } },
    update: { $set: { notIdleBefore: before } },
  },
})

function forget({ _id, version, firedByHandAt, stats, deletedAt }: UserSchedule, now: Date): Write {
  const unchanged = { version, nextFireAt: absent, outbox: absent, firedByHandAt: firedByHandAt ?? absent }
  const lastSlot = stats?.lastSlot
  const update = settingFields({
    deletedAt: deletedAt ?? now,
    stats: lastSlot && { lastSlot },
    firedIn: undefined,
    definition: undefined,
    anchor: undefined,
    changes: undefined,
    firedByHand: undefined,
    firings: undefined,
    firedByHandAt: undefined,
    notIdleBefore: undefined,
  })
  return { updateOne: { filter: { _id, ...unchanged }, update } }
}
