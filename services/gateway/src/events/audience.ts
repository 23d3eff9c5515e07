import type {
  ClockEvent,
  DayAmended,
  DayReported,
  EndOfDay,
  JobEvent,
  ReportEvent,
  TaskEvent,
  UserErased,
} from '@daybook/shared/events'
import type { User } from '@daybook/shared/http'

/** An event of the topics that are sent. */
export type SentEvent = TaskEvent | UserErased | ClockEvent | JobEvent | ReportEvent

/** Who gets an event besides admins. */
export type Audience = { user: string } | { timeZone: string } | 'admins'

type OfZone = EndOfDay | DayReported
type OfUser = TaskEvent | UserErased | DayAmended

/**
 * Decides who gets an event. What happened to a person's tasks and logs is theirs. The end of a day and its report concern everybody
 * in its time zone. Firings, jobs and barriers name no person, so only admins get them.
 */
export function audienceOf(event: SentEvent): Audience {
  switch (event.type) {
    case 'EndOfDay':
    case 'DayReported':
      return { timeZone: (event as OfZone).data.timeZone }
    case 'ScheduleFired':
    case 'TasksPublished':
    case 'JobFinished':
    case 'GroupFinished':
      return 'admins'
    default:
      return { user: (event as OfUser).data.userId }
  }
}

/**
 * Returns an event as people who are no admins get it. The report of a day counts what all users of the time zone did, which
 * concerns nobody else: they get that it is written.
 */
export function forPeople(event: SentEvent): SentEvent {
  if (event.type !== 'DayReported') return event
  const { day, timeZone, reportedAt } = event.data
  return { ...event, data: { day, timeZone, reportedAt } } as SentEvent
}

/** Returns whether a user gets the events of an audience. */
export function isIn({ id, timeZone, admin }: User, audience: Audience): boolean {
  if (admin) return true
  if (audience === 'admins') return false
  return 'user' in audience ? audience.user === id : audience.timeZone === timeZone
}
