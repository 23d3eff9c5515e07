import type { Envelope } from '@daybook/shared/events'
import { type EmbeddedEvent, outboxEntries } from '@daybook/shared/outbox'
import type { QueryFilter } from 'mongoose'
import type { FiredByHand, Firing, Schedule, UserSchedule } from './schedule.ts'
import {
  absent,
  encodeEvents,
  hasRoomForEvents,
  type ScheduleModel,
  type StoredSchedule,
  settingFields,
} from './schedule-model.ts'

/**
 * Records what a schedule fires. Each operation is one compare-and-set that also stores the events: when several
 * processes have read the same state, one of them succeeds.
 */
export interface FiringStore {
  /**
   * Stores the events of a firing, and sets the schedule to its next firing.
   * @param read the schedule for which the firing was planned
   * @returns the stored events; undefined when the schedule has changed, or when too many of its events wait
   */
  recordFiring: (read: Schedule, firing: Firing, now: Date) => Promise<EmbeddedEvent[] | undefined>
  /**
   * Stores the events of a firing by hand; the slots stay as they are.
   * @param read the schedule as the caller has read it
   * @returns the stored events; undefined when the schedule has changed, was fired by hand or deleted, or when too many of
   *   its events wait
   */
  recordFiringByHand: (
    read: UserSchedule,
    entry: FiredByHand,
    events: Envelope[],
  ) => Promise<EmbeddedEvent[] | undefined>
  /**
   * Stores the event of a day that an operator ends. The next firing of the schedule does not change.
   * @param name the name of an end-of-day schedule
   * @returns the stored event; undefined when its time zone is not listed, or when too many of its events wait
   */
  recordDayEndedByHand: (name: string, event: Envelope) => Promise<EmbeddedEvent[] | undefined>
  /** Says whether so many events of a schedule wait to be published that it may not store more. */
  isFull: (name: string) => Promise<boolean>
}

// The newest firings by hand that a schedule keeps.
const MAX_FIRED_BY_HAND = 50

export function firingStore(schedules: ScheduleModel): FiringStore {
  async function store(
    name: string,
    decidedOn: QueryFilter<StoredSchedule>,
    update: Record<string, object>,
    events: Envelope[],
  ): Promise<EmbeddedEvent[] | undefined> {
    const encoded = encodeEvents(events)
    const outbox = encoded.length > 0 ? { outbox: { $each: outboxEntries(encoded) } } : {}
    const $push = { ...update.$push, ...outbox }
    const { matchedCount } = await schedules.updateOne({ _id: name, ...decidedOn }, { ...update, $push })
    return matchedCount === 1 ? encoded.map(event => ({ document: name, event })) : undefined
  }

  return {
    recordFiring: (read, { events, next, tally }, now) =>
      store(read._id, unchangedSince(read), updateAfter(next, tally, now), events),
    recordFiringByHand({ _id: name, version, firedByHandAt = absent }, entry, events) {
      // The condition on `deletedAt` detects that a schedule was forgotten: forgetting does not change the version.
      const decidedOn = { version, firedByHandAt, deletedAt: absent, ...hasRoomForEvents }
      const $push = { firedByHand: { $each: [entry], $slice: -MAX_FIRED_BY_HAND } }
      return store(name, decidedOn, { $set: { firedByHandAt: entry.at }, $push }, events)
    },
    recordDayEndedByHand: (name, event) =>
      store(name, { nextFireAt: { $exists: true }, ...hasRoomForEvents }, {}, [event]),
    isFull: async name => (await schedules.countDocuments({ _id: name, $nor: [hasRoomForEvents] })) > 0,
  }
}

const unchangedSince = (read: Schedule): QueryFilter<StoredSchedule> =>
  read.kind === 'end-of-day'
    ? { nextDay: read.nextDay, nextFireAt: read.nextFireAt ?? absent }
    : { version: read.version, nextSlot: read.nextSlot ?? absent, ...hasRoomForEvents }

function updateAfter(next: Firing['next'], { last, fired, missed, caughtUp }: Firing['tally'], now: Date) {
  const stats =
    last === undefined
      ? {}
      : { 'stats.lastSlot': last.slot, 'stats.lastFiredAt': now, 'stats.lateMs': last.lateMs }
  const $inc = { 'stats.fired': fired, 'stats.missed': missed, 'stats.caughtUp': caughtUp }
  return { ...settingFields({ ...next, ...stats }), $inc }
}
