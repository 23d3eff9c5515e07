import { endedDays } from '../calendar/day-ends.ts'
import { nextFiring } from '../calendar/firing-time.ts'
import { type Definition, definitionOf, timingOf } from '../definitions/definition.ts'
import { justBefore, nextState } from './next-state.ts'
import type { Schedule, UserSchedule } from './schedule.ts'
import { atProblem } from './validate-at.ts'

/** A future firing of a schedule: the slot, and when it fires. */
export interface UpcomingFiring {
  slot: Date
  fireAt: Date
  /** The day that ends, for an end-of-day schedule. */
  day?: string
}

const END_OF_TIME = new Date(8.64e15)

/** Returns the next firings of a schedule, at most `count`. For a paused schedule these are the firings if it resumed now. */
export function upcomingFirings(schedule: Schedule, count: number, now: Date): UpcomingFiring[] {
  if (schedule.kind === 'user') return upcomingSlots(schedule, count, now)
  const { ended } = endedDays(schedule, END_OF_TIME, count)
  return ended.map(({ day, endedAt }) => ({ slot: endedAt, fireAt: endedAt, day }))
}

function upcomingSlots(schedule: UserSchedule, count: number, now: Date): UpcomingFiring[] {
  const definition = definitionOf(schedule)
  const timing = timingOf(schedule._id, definition, schedule.anchor)
  const first = definition.paused ? slotIfResumed(schedule, definition, now) : schedule.nextSlot
  if (first === undefined) return []
  const upcoming: UpcomingFiring[] = []
  let after = justBefore(first)
  while (upcoming.length < count) {
    const next = nextFiring(timing, after)
    if (next === undefined) break
    upcoming.push({ slot: next.nextSlot, fireAt: next.nextFireAt })
    after = next.nextSlot
  }
  return upcoming
}

function slotIfResumed(paused: UserSchedule, definition: Definition, now: Date): Date | undefined {
  const resumed = { ...definition, paused: false }
  if (atProblem(paused._id, paused, resumed, now) !== undefined) return undefined
  return nextState(paused._id, paused, resumed, now).nextSlot
}
