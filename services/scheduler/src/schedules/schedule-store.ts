import type { Envelope } from '@daybook/shared/events'
import { createIndexes, driverCollection } from '@daybook/shared/mongo/model'
import { type EmbeddedEvent, embeddedOutbox, type Outbox } from '@daybook/shared/outbox'
import type { Connection } from 'mongoose'
import { type ChangeStore, changeStore } from './change-store.ts'
import { type OverdueDay, overdueDays, synchroniseTimeZones } from './end-of-day-store.ts'
import { type FiringStore, firingStore } from './firing-store.ts'
import { type IdleStore, idleStore } from './idle-store.ts'
import { listSchedules, visible, type WantedSchedules } from './list-store.ts'
import { replaceOlderNames } from './renamed-zone-store.ts'
import type { Schedule, UserSchedule } from './schedule.ts'
import {
  decodeEvents,
  hasRoomForEvents,
  type ScheduleModel,
  scheduleModel,
  withoutHistory,
} from './schedule-model.ts'

/** What a schedule keeps of its newest firings, oldest first. */
export type KeptFirings = Pick<Schedule, '_id' | 'firings'>

/** The stored schedules. Schedules are returned without outbox and audit, unless an operation says otherwise. */
export interface Schedules extends ChangeStore, FiringStore, IdleStore {
  /** Due schedules, oldest first, at most `MAX_DUE`. Left out are operators' schedules with too many events to publish. */
  due: (now: Date) => Promise<Schedule[]>
  countDue: (now: Date) => Promise<number>
  /** When the next schedule after an instant is due; undefined when none is. */
  nextDue: (after: Date) => Promise<Date | undefined>
  /** The schedule of a name, even if it is deleted or its time zone is not listed. */
  read: (name: string) => Promise<Schedule | undefined>
  /** The schedule of a name, unless it is deleted or its time zone is not listed. */
  find: (name: string) => Promise<Schedule | undefined>
  /** A page of the schedules that are not deleted and whose time zones are listed. */
  list: (wanted: WantedSchedules, now: Date) => Promise<Schedule[]>
  /** The newest changes of a schedule and its firings by hand, oldest first; undefined when the name was never used. */
  audit: (name: string, limit: number) => Promise<Pick<UserSchedule, 'changes' | 'firedByHand'> | undefined>
  /** The newest firings of a schedule, also of a deleted one; undefined when the name was never used. */
  firings: (name: string) => Promise<KeptFirings | undefined>
  /** The days that ended before an instant and whose EndOfDay event is not published. */
  overdue: (before: Date) => Promise<OverdueDay[]>
  /**
   * Finds the time zones of due schedules, and replaces their schedules under older names.
   * @returns whether any schedule was replaced
   */
  replaceOlderNames: (due: Schedule[]) => Promise<boolean>
  /** The outbox of all schedules. */
  outbox: (publish: (events: Envelope[]) => Promise<unknown>) => Outbox<EmbeddedEvent>
  /** Counts schedules, at most 1000, that hold events which were stored before an instant and are not published. */
  countUnpublished: (before: Date) => Promise<number>
}

/** How many schedules `due` returns at most. A tick that finds more to do is followed by the next tick at once. */
export const MAX_DUE = 1000

/** Opens the stored schedules, and brings the end-of-day schedules in line with the listed time zones. */
export async function openSchedules(
  connection: Connection,
  timeZones: readonly string[],
  now: Date,
): Promise<Schedules> {
  const schedules = scheduleModel(connection)
  await createIndexes(schedules)
  await synchroniseTimeZones(schedules, timeZones, now)
  return {
    ...queries(schedules),
    ...changeStore(schedules),
    ...firingStore(schedules),
    ...idleStore(schedules),
    overdue: before => overdueDays(schedules, before),
    replaceOlderNames: due => replaceOlderNames(schedules, due),
    outbox: publish => embeddedOutbox(driverCollection(schedules), events => publish(decodeEvents(events))),
    countUnpublished: before =>
      schedules.countDocuments({ 'outbox.storedAt': { $lt: before } }, { limit: 1000 }),
  }
}

const queries = (
  schedules: ScheduleModel,
): Pick<Schedules, 'due' | 'nextDue' | 'countDue' | 'read' | 'find' | 'list' | 'audit' | 'firings'> => ({
  due: instant =>
    schedules
      .find({ nextFireAt: { $lte: instant }, $or: [{ kind: 'end-of-day' }, hasRoomForEvents] })
      .select(withoutHistory)
      .sort({ nextFireAt: 1 })
      .limit(MAX_DUE)
      .lean<Schedule[]>(),
  async nextDue(instant) {
    // The index contains the whole answer.
    const next = schedules.findOne({ nextFireAt: { $gt: instant } }, { nextFireAt: 1, _id: 0 })
    return (await next.sort({ nextFireAt: 1 }).lean<Pick<Schedule, 'nextFireAt'>>())?.nextFireAt
  },
  countDue: instant => schedules.countDocuments({ nextFireAt: { $lte: instant } }),
  read: async name => (await schedules.findById(name, withoutHistory).lean<Schedule>()) ?? undefined,
  find: async name =>
    (await schedules.findOne({ _id: name, ...visible }, withoutHistory).lean<Schedule>()) ?? undefined,
  list: (wanted, now) => listSchedules(schedules, wanted, now),
  async audit(name, limit) {
    const newest = { changes: { $slice: -limit }, firedByHand: 1 }
    const found = await schedules.findById(name, newest).lean<UserSchedule>()
    return found === null ? undefined : { ...found, changes: found.changes ?? [] }
  },
  firings: async name => (await schedules.findById(name, { firings: 1 }).lean<KeptFirings>()) ?? undefined,
})
