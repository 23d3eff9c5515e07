import type { Envelope } from '@daybook/shared/events'
import { driverCollection } from '@daybook/shared/mongo/model'
import { type EmbeddedEvent, outboxEntries } from '@daybook/shared/outbox'
import type { QueryFilter } from 'mongoose'
import { MAX_PAST_FIRINGS } from './firings/firing-update-store.ts'
import { recordFirings } from './firings/record-firings-store.ts'
import type { FiredByHand, Firing, PastFiring, Schedule, UserSchedule } from './schedule.ts'
import {
  absent,
  encodeEvents,
  hasRoomForEvents,
  type ScheduleModel,
  type StoredSchedule,
} from './schedule-model.ts'

/** A schedule as it was read, and the firing that was planned for it. */
export interface ReadyFiring {
  read: Schedule
  firing: Firing
}

/** A look for due schedules by one process. */
export interface Tick {
  /** Unlike the id of any other tick. */
  id: string
  now: Date
}

/**
 * Records what schedules fire. For each schedule an operation is one compare-and-set that also stores the events: when several
 * processes have read the same state, one of them succeeds.
 */
export interface FiringStore {
  /**
   * Stores the events of firings of different schedules, and sets each schedule to its next firing.
   * @returns for each firing, in order, the stored events; undefined when its schedule has changed, or when too many of its
   *   events wait. After an error, a call with the same tick finds out which firings were stored before the error.
   */
  recordFirings: (firings: ReadyFiring[], tick: Tick) => Promise<(EmbeddedEvent[] | undefined)[]>
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
  recordDayEndedByHand: (
    name: string,
    entry: Pick<FiredByHand, 'at' | 'by'>,
    event: Envelope,
  ) => Promise<EmbeddedEvent[] | undefined>
  /** Says whether so many events of a schedule wait to be published that it may not store more. */
  isFull: (name: string) => Promise<boolean>
}

const mayStore = { $or: [{ $eq: ['$kind', 'end-of-day'] }, hasRoomForEvents.$expr] }
// The newest firings by hand that a schedule keeps.
const MAX_FIRED_BY_HAND = 50

/** @param events the first is that of the firing */
const byHand = ({ at, by }: Pick<FiredByHand, 'at' | 'by'>, [event]: Envelope[]): PastFiring => ({
  at,
  by,
  ...(event && { id: event.id, slot: new Date(event.time) }),
})

const pushing = (firing: PastFiring) => ({ firings: { $each: [firing], $slice: -MAX_PAST_FIRINGS } })

export function firingStore(schedules: ScheduleModel): FiringStore {
  async function store(
    name: string,
    decidedOn: QueryFilter<StoredSchedule>,
    update: Record<string, object>,
    events: Envelope[],
  ): Promise<EmbeddedEvent[] | undefined> {
    const encoded = encodeEvents(events)
    const $push = { ...update.$push, outbox: { $each: outboxEntries(encoded) } }
    const { matchedCount } = await schedules.updateOne({ _id: name, ...decidedOn }, { ...update, $push })
    return matchedCount === 1 ? encoded.map(event => ({ document: name, event })) : undefined
  }

  return {
    async recordFirings(firings, { id: tick, now }) {
      const events = firings.map(({ firing }) => encodeEvents(firing.events))
      const ready = firings.map(({ read, firing: { next, tally, past } }, i) => {
        const { last } = tally
        return {
          ...{ name: read._id, read, next, tally, past, entries: outboxEntries(events[i] ?? []) },
          last: last === undefined ? {} : { lastSlot: last.slot, lastFiredAt: now, lateMs: last.lateMs },
        }
      })
      const recorded = await recordFirings(driverCollection(schedules), ready, { mayStore, tick })
      return firings.map(({ read: { _id: document } }, i) =>
        recorded.has(document) ? events[i]?.map(event => ({ document, event })) : undefined,
      )
    },
    recordFiringByHand({ _id: name, version, firedByHandAt = absent }, entry, events) {
      // The condition on `deletedAt` detects that a schedule was forgotten: forgetting does not change the version.
      const decidedOn = { version, firedByHandAt, deletedAt: absent, ...hasRoomForEvents }
      const $push = {
        firedByHand: { $each: [entry], $slice: -MAX_FIRED_BY_HAND },
        ...pushing(byHand(entry, events)),
      }
      return store(name, decidedOn, { $set: { firedByHandAt: entry.at }, $push }, events)
    },
    recordDayEndedByHand: (name, entry, event) => {
      const decidedOn = { nextFireAt: { $exists: true }, ...hasRoomForEvents }
      return store(name, decidedOn, { $push: pushing(byHand(entry, [event])) }, [event])
    },
    isFull: async name => (await schedules.countDocuments({ _id: name, $nor: [hasRoomForEvents] })) > 0,
  }
}
