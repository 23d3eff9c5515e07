import type { LiveEvent } from '../live/message.ts'
import type { Matches } from './event-log.ts'
import { taskOf, userOf } from './event-words.ts'

/** The types of the events that the gateway sends. */
export const eventTypes = [
  'TaskCreated',
  'TaskEdited',
  'TaskCompleted',
  'TaskReopened',
  'TaskDeleted',
  'TaskRestored',
  'UserErased',
  'EndOfDay',
  'ScheduleFired',
  'TasksPublished',
  'DayReported',
  'DayAmended',
  'JobFinished',
  'GroupFinished',
]

/** Makes the filter of an address: `type`, `user`, `task` (its id) and `q`, a text anywhere in the event. All of them must match. */
export function filterOf(query: URLSearchParams): Matches {
  const [type, user, task] = ['type', 'user', 'task'].map(name => query.get(name))
  const text = query.get('q')?.toLowerCase()
  return event =>
    (!type || event.type === type) &&
    (!user || userOf(event) === user) &&
    (!task || taskOf(event) === task) &&
    (!text || textOf(event).includes(text))
}

const textOf = ({ id, type, subject = '', data }: LiveEvent) =>
  `${id} ${type} ${subject} ${JSON.stringify(data)}`.toLowerCase()
