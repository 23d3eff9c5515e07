import type { WithOutbox } from '@daybook/shared/outbox'
import { canonicalTimeZone } from '@daybook/shared/time/days'
import type { NextEnd } from '../calendar/day-ends.ts'

/** What is counted about a schedule's slots since it was made; and its last firing, also if it was deleted since. */
export interface Stats {
  /** Slots that were fired. */
  fired: number
  /** Slots that were fired more than 60 s after their time, or not at all. */
  missed: number
  /** Missed slots that were fired all the same. */
  caughtUp: number
  /** Whatever becomes of an operator's schedule, none of its slots up to this one fires again. */
  lastSlot?: Date
  lastFiredAt?: Date
  /** By how many milliseconds the last slot was fired after its time. */
  lateMs?: number
}

interface Kept extends WithOutbox {
  /** Absent when nothing is due any more, or for now. */
  nextFireAt?: Date
  /** Absent until something is counted. */
  stats?: Stats
}

/** Ends the days of a time zone, `_id` being `end-of-day:<time zone>`. It has no `nextFireAt` while its zone is not listed. */
export interface EndOfDaySchedule extends Kept {
  kind: 'end-of-day'
  timeZone: string
  nextDay: NextEnd['nextDay']
}

/**
 * What an operator made. Deleted, it stays, so that its versions and its audit go on when the name is used again. Deleted
 * or over for long enough, it is forgotten: it has no definition, anchor and audit any more, and counts as deleted.
 */
export interface UserSchedule extends Kept {
  kind: 'user'
  /** Grows with each change of the definition, from 1. */
  version: number
  /** A `Definition` as JSON text: its data may hold what is no BSON, and its bytes are bounded as text. */
  definition: string
  /** From where `every` counts: the instant at which its pattern was set. */
  anchor: Date
  /** Absent when paused, ended or deleted. */
  nextSlot?: Date
  firedByHandAt?: Date
  /** The newest 50, in order: beside the audit, where they would push out who changed what. */
  firedByHand?: FiredByHand[]
  deletedAt?: Date
  /** Until when it need not be looked at whether it is idle; absent until that was looked at. */
  notIdleBefore?: Date
  /** The audit: the newest 200, in order. */
  changes: Change[]
}

/** A document of the collection `schedules`; its `_id` is its name, the key of its records in daybook.clock. */
export type Schedule = EndOfDaySchedule | UserSchedule

export const actions = ['created', 'changed', 'paused', 'resumed', 'deleted'] as const

/** What an operator did to a schedule, and the version and the definition that it left. */
export interface Change {
  version: number
  at: Date
  /** The token's `sub`. */
  by: string
  action: (typeof actions)[number]
  definition: string
}

/** Who fired a schedule by hand, and which version. */
export type FiredByHand = Pick<Change, 'version' | 'at' | 'by'>

const END_OF_DAY = 'end-of-day:'

/** The name of the schedule that ends a time zone's days. Operators' names have no colon. */
export const endOfDaySchedule = (timeZone: string) => `${END_OF_DAY}${timeZone}`
export const isEndOfDay = (name: string) => name.startsWith(END_OF_DAY)

/** A name as somebody gives it, with the current name of the time zone in that of an end-of-day schedule. */
export function currentName(name: string): string {
  const timeZone = isEndOfDay(name) ? canonicalTimeZone(name.slice(END_OF_DAY.length)) : undefined
  return timeZone === undefined ? name : endOfDaySchedule(timeZone)
}

/** The filter of all end-of-day schedules, by their names. */
export const endOfDays = { _id: { $gte: 'end-of-day:', $lt: 'end-of-day;' } }
