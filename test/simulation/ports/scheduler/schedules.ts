import { outboxEntries } from '@daybook/shared/outbox'
import mongoose from 'mongoose'
import { overdueOf } from '../../../../services/scheduler/src/schedules/end-of-day-store.ts'
import type { EndOfDaySchedule } from '../../../../services/scheduler/src/schedules/schedule.ts'
import { decodeEvents, withoutHistory } from '../../../../services/scheduler/src/schedules/schedule-model.ts'
import { MAX_DUE, type Schedules } from '../../../../services/scheduler/src/schedules/schedule-store.ts'
import { collectionOf } from '../collection.ts'
import { without } from '../copy.ts'
import type { Connection } from '../database.ts'
import { memoryOutbox } from '../embedded-outbox.ts'
import { replaceOlderNames, synchroniseTimeZones } from './end-of-day-schedules.ts'
import { recordFirings } from './firings.ts'

/** What ends days. The operations on operators' schedules are left out. */
export type DayEnds = Pick<
  Schedules,
  | 'due'
  | 'nextDue'
  | 'countDue'
  | 'read'
  | 'find'
  | 'firings'
  | 'overdue'
  | 'replaceOlderNames'
  | 'recordFirings'
  | 'recordDayEndedByHand'
  | 'isFull'
  | 'outbox'
  | 'countUnpublished'
>

const MAX_WAITING_BYTES = 262_144

const hasRoom = ({ outbox = [] }: EndOfDaySchedule) =>
  mongoose.mongo.BSON.calculateObjectSize({ outbox }) < MAX_WAITING_BYTES
const shown = (schedule: EndOfDaySchedule): EndOfDaySchedule =>
  without(schedule, ...(Object.keys(withoutHistory) as 'outbox'[]))
const isDue =
  (instant: Date) =>
  ({ nextFireAt }: EndOfDaySchedule) =>
    nextFireAt !== undefined && nextFireAt <= instant

/** `openSchedules` in memory, for end-of-day schedules. */
export async function memoryDayEnds(
  connection: Connection,
  timeZones: readonly string[],
  now: Date,
): Promise<DayEnds> {
  const schedules = collectionOf<EndOfDaySchedule>(connection, 'schedules')
  await synchroniseTimeZones(schedules, timeZones, now)

  const read = async (name: string) => {
    const found = await schedules.get(name)
    return found && shown(found)
  }

  return {
    async due(instant) {
      const found = await schedules.find(isDue(instant))
      return found.map(shown).sort(byFireTime).slice(0, MAX_DUE)
    },
    async nextDue(instant) {
      const found = await schedules.find(({ nextFireAt }) => nextFireAt !== undefined && nextFireAt > instant)
      return found.sort(byFireTime)[0]?.nextFireAt
    },
    countDue: async instant => (await schedules.find(isDue(instant))).length,
    read,
    async find(name) {
      const found = await read(name)
      return found?.nextFireAt && found
    },
    async firings(name) {
      const found = await schedules.get(name)
      return found && { _id: name, ...(found.firings && { firings: found.firings }) }
    },
    async overdue(before) {
      const isWaiting = ({ outbox = [] }: EndOfDaySchedule) =>
        outbox.some(({ event }) => (event.data as { endedAt: string }).endedAt <= before.toISOString())
      return overdueOf(await schedules.find(one => isDue(before)(one) || isWaiting(one)), before)
    },
    replaceOlderNames: due =>
      replaceOlderNames(
        schedules,
        due.flatMap(one => (one.kind === 'end-of-day' ? one.timeZone : [])),
      ),
    recordFirings: (firings, tick) => recordFirings(schedules, firings, tick),
    async recordDayEndedByHand(name, { at, by }, event) {
      const entries = outboxEntries([event])
      const isStored = await schedules.update(
        name,
        one => one.nextFireAt !== undefined && hasRoom(one),
        one => ({
          ...one,
          outbox: [...(one.outbox ?? []), ...entries],
          firings: [...(one.firings ?? []), { at, by, id: event.id, slot: new Date(event.time) }].slice(-50),
        }),
      )
      return isStored ? [{ document: name, event }] : undefined
    },
    async isFull(name) {
      const found = await schedules.get(name)
      return found !== undefined && !hasRoom(found)
    },
    outbox: publish => memoryOutbox(schedules, events => publish(decodeEvents(events))),
    async countUnpublished(before) {
      const found = await schedules.find(({ outbox = [] }) =>
        outbox.some(({ storedAt }) => storedAt < before),
      )
      return Math.min(found.length, 1000)
    },
  }
}

const byFireTime = (a: EndOfDaySchedule, b: EndOfDaySchedule) => Number(a.nextFireAt) - Number(b.nextFireAt)
