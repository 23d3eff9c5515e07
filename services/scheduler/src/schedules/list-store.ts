import { containing } from '@daybook/shared/mongo/containing'
import type { PipelineStage, QueryFilter } from 'mongoose'
import { MISSED_AFTER_MS } from '../calendar/due-slots.ts'
import type { Schedule } from './schedule.ts'
import { absent, type ScheduleModel, type StoredSchedule, withoutHistory } from './schedule-model.ts'

export const states = ['active', 'late', 'paused', 'ended'] as const

/** A place in the list of schedules: after the schedule of this name. `nextFireAt` is set only in the order of the next firings. */
export interface PlaceInList {
  name: string
  /** Absent also for a schedule that does not fire. */
  nextFireAt?: Date | undefined
}

/** Which schedules are listed, and in which order. */
export interface WantedSchedules {
  kind?: Schedule['kind'] | undefined
  /** A part of the name or of the definition's text, in upper or lower case. */
  q?: string | undefined
  state?: (typeof states)[number] | undefined
  /** By name, or what fires next first; what does not fire comes last then, by name. */
  sort: 'name' | 'next'
  /** Only schedules after this place in the order. */
  after?: PlaceInList | undefined
  limit: number
}

/** The condition for schedules that are not deleted and whose time zones are listed. */
export const visible = {
  $or: [{ kind: 'user' as const, deletedAt: absent }, { nextFireAt: { $exists: true } }],
}

// A definition is JSON text that ends with these fields, see `toDefinition`.
const paused = { definition: { $regex: '"paused":true,"catchUp":"[a-z]+","catchUpWindow":"[^"]+"}$' } }
// Later than every firing.
const NEVER = new Date(8.64e15)

/** Lists schedules. It reads all that match, because there are few of them in comparison with what one tick may fire. */
export async function listSchedules(
  schedules: ScheduleModel,
  { kind, q, state, sort, after, limit }: WantedSchedules,
  now: Date,
): Promise<Schedule[]> {
  const conditions: QueryFilter<StoredSchedule>[] = [
    visible,
    ...(kind ? [{ kind }] : []),
    ...(q ? [{ $or: [{ _id: containing(q) }, { definition: containing(q) }] }] : []),
    ...(state ? [inState(state, now)] : []),
  ]
  if (sort === 'name') {
    const found = schedules.find({ $and: [...conditions, { _id: { $gt: after?.name ?? '' } }] })
    return found.select(withoutHistory).sort({ _id: 1 }).limit(limit).lean<Schedule[]>()
  }
  const stages: PipelineStage[] = [
    { $match: { $and: conditions } },
    { $project: withoutHistory },
    { $set: { next: { $ifNull: ['$nextFireAt', NEVER] } } },
    ...(after ? [{ $match: following(after) }] : []),
    { $sort: { next: 1, _id: 1 } },
    { $limit: limit },
    { $unset: 'next' },
  ]
  return schedules.aggregate<Schedule>(stages)
}

function following({ name, nextFireAt: next = NEVER }: PlaceInList) {
  return { $or: [{ next: { $gt: next } }, { next, _id: { $gt: name } }] }
}

function inState(state: (typeof states)[number], now: Date): QueryFilter<StoredSchedule> {
  const overdue = new Date(now.getTime() - MISSED_AFTER_MS)
  switch (state) {
    case 'active':
      return { nextFireAt: { $gte: overdue } }
    case 'late':
      return { nextFireAt: { $lt: overdue } }
    case 'paused':
      return { nextFireAt: absent, ...paused }
    case 'ended':
      return { nextFireAt: absent, $nor: [paused] }
  }
}
