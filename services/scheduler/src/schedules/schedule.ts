import type { Envelope } from '@daybook/shared/events'
import type { WithOutbox } from '@daybook/shared/outbox'
import type { NextEnd } from '../calendar/day-ends.ts'

/**
 * The statistics of a schedule: counts of its slots since it was created, and its last firing. The last firing stays when the
 * schedule is deleted and created again.
 */
export interface Stats {
  /** Slots that were fired. */
  fired: number
  /**
   * Slots that were fired more than 60 s after their time, or not at all. One firing counts at most about 1,000 slots that do
   * not fire.
   */
  missed: number
  /** Missed slots that were fired nevertheless. */
  caughtUp: number
  /** The last slot that was fired. No slot up to this one fires again under the same name. */
  lastSlot?: Date
  lastFiredAt?: Date
  /** By how many milliseconds the last slot was fired after its time. */
  lateMs?: number
}

interface StoredFields extends WithOutbox {
  /** When the schedule fires next. Absent when the schedule has no further slot, or is paused, stopped or deleted. */
  nextFireAt?: Date
  /** Absent until the first firing. */
  stats?: Stats
  /** The id of the tick that fired the schedule last. Absent until the first firing by this version or a later one. */
  firedIn?: string
  /** The newest 50 firings, oldest first. Absent until the first firing by this version or a later one. */
  firings?: PastFiring[]
}

/** A firing that was, or slots that never fire. */
export interface PastFiring {
  /** When it was decided. */
  at: Date
  /** The slot that fired; of a firing by hand, the same as `at`, or the end of the day that was ended. */
  slot?: Date
  /** By how many milliseconds a slot was fired after its time. */
  lateMs?: number
  /** How many slots before the next firing never fire, see `Due.leftOut`. Then there is no slot. */
  leftOut?: number
  /** The id of the event, and who fired it; only of a firing by hand. */
  id?: string
  by?: string
}

/** Ends the days of a time zone; `_id` is `end-of-day:<time zone>`. `nextFireAt` is absent while TIME_ZONES does not list the zone. */
export interface EndOfDaySchedule extends StoredFields {
  kind: 'end-of-day'
  timeZone: string
  nextDay: NextEnd['nextDay']
}

/**
 * A schedule that an operator created. A deleted schedule stays in the collection: its versions and its audit continue when
 * the name is used again. A schedule that was deleted or fired its last slot is forgotten after the retention: it loses its
 * definition, anchor and audit, and counts as deleted.
 */
export interface UserSchedule extends StoredFields {
  kind: 'user'
  /** Starts at 1 and grows with each change of the definition. */
  version: number
  /**
   * A `Definition` as JSON text, because not all data can be stored as BSON, and because the limit of data counts bytes of
   * JSON text.
   */
  definition: string
  /** The instant from which `every` counts: when its pattern was set. */
  anchor: Date
  /** Absent when the schedule is paused, ended or deleted. */
  nextSlot?: Date
  firedByHandAt?: Date
  /**
   * The newest 50 firings by hand, oldest first. They are not in `changes`, because they would displace changes from the
   * audit.
   */
  firedByHand?: FiredByHand[]
  deletedAt?: Date
  /**
   * The earliest instant since which the schedule can be idle. It is checked again when the retention has passed since then.
   * Absent until the first check.
   */
  notIdleBefore?: Date
  /** The audit: the newest 200 changes, oldest first. */
  changes: Change[]
}

/** A document of the collection `schedules`. `_id` is the schedule's name and the key of its records in daybook.clock. */
export type Schedule = EndOfDaySchedule | UserSchedule

export const actions = ['created', 'changed', 'paused', 'resumed', 'deleted'] as const

/** What an operator did to a schedule, and the version and the definition after it. */
export interface Change {
  version: number
  at: Date
  /** The token's `sub`. */
  by: string
  action: (typeof actions)[number]
  definition: string
}

/** Who fired a schedule by hand, and which version of it. */
export type FiredByHand = Pick<Change, 'version' | 'at' | 'by'>

/** What one firing of a schedule stores. */
export interface Firing {
  events: Envelope[]
  /** When the schedule fires next; fields that are undefined are removed. */
  next: { nextFireAt: Date | undefined; nextDay?: string; nextSlot?: Date | undefined }
  tally: Tally
  /** What it adds to the schedule's past firings, in order. */
  past: PastFiring[]
}

/** What a firing adds to a schedule's stats. */
export interface Tally {
  fired: number
  missed: number
  caughtUp: number
  /** The last slot fired, and by how many milliseconds it was late. */
  last?: { slot: Date; lateMs: number }
}
