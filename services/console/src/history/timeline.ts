import { tracePath } from '../address/page-paths.ts'
import { type Entry, missing } from './entry.ts'
import { jobsByEvent, withJobs } from './job-entries.ts'
import type { Step, TaskHistory } from './read-history.ts'
import { reportingEntries } from './reporting-entries.ts'

/** The entries of an event. */
export interface EventEntries {
  step: Step
  entries: readonly Entry[]
}

/**
 * The steps of each event, in their order.
 * @param now the server's time, in milliseconds since 1970
 */
export function timelineOf(history: TaskHistory, now: number): EventEntries[] {
  const jobs = jobsByEvent(history.steps, history.traced.jobs)
  return history.steps.map(step => ({
    step,
    entries: withJobs(entriesOf(step, history, now), jobs[step.id] ?? []),
  }))
}

function entriesOf(step: Step, { completions, removedDays }: TaskHistory, now: number): Entry[] {
  const entries = [requestEntry(step), eventEntry(step), kafkaEntry(step, now)]
  if (step.day === undefined) return entries
  const completion = completions?.find(({ day }) => day === step.day)
  const isRemoved = removedDays.includes(step.day)
  const context = { step, completion, isKnown: completions !== undefined, isRemoved, now }
  return [...entries, ...reportingEntries(context)]
}

const requestEntry = ({ trace, time }: Step): Entry => ({
  key: 'request',
  title: 'Request',
  ...(trace === null
    ? { state: 'unknown', note: 'Its trace is not known: an earlier version stored the event.' }
    : { state: 'done', at: time, to: tracePath(trace) }),
  ids: trace === null ? [] : [['Trace', trace]],
})

const eventEntry = ({ id, type, time, sequence }: Step): Entry => ({
  ...{ key: 'event', title: `${type}, version ${sequence} of the task`, state: 'done', at: time },
  ids: [['Event', id]],
})

function kafkaEntry({ published, partition, offset, publishedAt, time }: Step, now: number): Entry {
  const entry = { key: 'kafka', title: 'Published on Kafka' }
  if (partition !== null && offset !== null)
    return {
      ...entry,
      ...{ state: 'done', at: publishedAt ?? undefined },
      ids: [['Topic, partition, offset', `daybook.tasks / ${partition} / ${offset}`]],
    }
  if (published)
    return {
      ...entry,
      state: 'unknown',
      note: 'Its place is not known: an earlier version published it.',
      ids: [],
    }
  return missing(entry, {
    since: Date.parse(time),
    now,
    waits: 'It waits in the outbox of tasks.',
    to: '/now/tasks',
  })
}
