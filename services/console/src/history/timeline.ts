import { dayOf } from '../time/local-time.ts'
import type { Completion, Step, TaskHistory } from './read-history.ts'

/** `done`: it has happened; `waits`: it comes later; `late`: it should have happened; `unknown`: nobody can say. */
export type EntryState = 'done' | 'waits' | 'late' | 'unknown' | 'failed'

/** One of the steps from a request to a line in a log file. */
export interface Entry {
  key: string
  title: string
  state: EntryState
  /** When it happened; undefined when it has not, or when that is not stored. */
  at?: string | undefined
  /** Why it is missing, or what is special about it. */
  note?: string | undefined
  /** Names with values: ids that a person copies. */
  ids: readonly (readonly [string, string])[]
  /** The page that shows more. */
  to?: string | undefined
  /** Whether it branches off: it amends what had been written. */
  isBranch?: boolean
}

/** The entries of an event. */
export interface EventEntries {
  step: Step
  entries: readonly Entry[]
}

// Steps that follow each other take less than a second, when everything works.
const LATE_MS = 60_000

/**
 * The steps of each event, in their order.
 * @param now the server's time, in milliseconds since 1970
 */
export function timelineOf({ steps, completions }: TaskHistory, now: number): EventEntries[] {
  return steps.map(step => {
    const entries = [requestEntry(step), eventEntry(step), kafkaEntry(step, now)]
    if (step.day === undefined) return { step, entries }
    const completion = completions?.find(({ day }) => day === step.day)
    const context = { step, completion, isKnown: completions !== undefined, now }
    return { step, entries: [...entries, ...reportingEntries(context)] }
  })
}

const requestEntry = ({ trace, time }: Step): Entry => ({
  key: 'request',
  title: 'Request',
  ...(trace === null
    ? { state: 'unknown', note: 'Its trace is not known: an earlier version stored the event.' }
    : { state: 'done', at: time, to: `/history?trace=${trace}` }),
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

interface Context {
  step: Step
  completion: Completion | undefined
  /** Whether reporting has answered. */
  isKnown: boolean
  now: number
}

function reportingEntries(context: Context): Entry[] {
  const { completion, isKnown } = context
  const projection = { key: 'projection', title: 'Read by reporting' }
  if (!isKnown)
    return [
      {
        ...projection,
        state: 'unknown',
        note: 'Reporting does not answer, so nothing is known from here on.',
        ids: [],
      },
    ]
  if (completion === undefined || completion.sequence < context.step.sequence)
    return [unread(projection, context)]
  if (completion.sequence > context.step.sequence)
    return [
      {
        ...{ ...projection, state: 'done', ids: [] },
        note: `Version ${completion.sequence} has taken its place for ${completion.day}: see there.`,
      },
    ]
  return [
    projectionEntry(projection, completion),
    runEntry(completion, context.now),
    ...logEntries(completion),
  ]
}

function unread(entry: Pick<Entry, 'key' | 'title'>, { step, now }: Context): Entry {
  if (!step.published)
    return { ...entry, state: 'waits', note: 'It follows when the event is on Kafka.', ids: [] }
  const since = Date.parse(step.publishedAt ?? step.time)
  return missing(entry, { since, now, waits: 'The projection has not reached it yet.', to: '/now/reporting' })
}

function projectionEntry(
  entry: Pick<Entry, 'key' | 'title'>,
  { partition, offset, day, timeZone, takenBack, late }: Completion,
): Entry {
  const notes = [
    takenBack
      ? `The completion does not count: it was taken back on ${day}.`
      : `It counts on ${day} in ${timeZone}.`,
    late === true && 'It came after its day was closed, so the log of the day is written again.',
  ]
  const place = partition === null || offset === null ? [] : [`daybook.tasks / ${partition} / ${offset}`]
  return {
    ...{ ...entry, state: 'done', note: notes.filter(Boolean).join(' ') },
    ids: place.map(text => ['Read at', text] as const),
  }
}

function runEntry({ day, timeZone, run }: Completion, now: number): Entry {
  const entry = { key: 'run', title: `End of ${day} in ${timeZone}`, to: runPage(day, timeZone) }
  if (run === null) {
    const isOver = dayOf(now, timeZone) > day
    const note = isOver ? 'The day is over, and has no run yet.' : 'It follows when the day is over.'
    return { ...entry, state: isOver ? 'late' : 'waits', note, ids: [] }
  }
  const words: Record<string, string> = {
    closing: 'The run waits until all events of the day are read.',
    writing: 'The logs of the day are being written.',
    empty: 'The run found no completion.',
    done: 'The day is reported.',
  }
  return {
    ...{ ...entry, at: run.createdAt, note: words[run.state], ids: [['Run', run.id]] },
    state: run.state === 'done' || run.state === 'writing' ? 'done' : 'waits',
  }
}

const runPage = (day: string, timeZone: string) => `/runs/${day}/${encodeURIComponent(timeZone)}`

function logEntries({ log, run, takenBack, timeZone, userId }: Completion): Entry[] {
  const entry = { key: 'log', title: 'Log file' }
  if (log === null) {
    const note = run === null ? 'It follows the end of the day.' : 'It is not written yet.'
    return [{ ...entry, state: 'waits', note, ids: [] }]
  }
  const { state, file, line, revision, writtenAt, runs, error } = log
  const at = writtenAt ?? undefined
  const ids = [['File', file] as const, ...(line === null ? [] : [['Line', String(line)] as const])]
  if (state === 'failed')
    return [{ ...entry, state: 'failed', at, ids, note: error, to: '/dead-letters?service=reporting' }]
  const lost = takenBack
    ? 'The file has no line of it, as it should be.'
    : 'The file has no line of it yet: it is written again.'
  const written: Entry = {
    ...{ ...entry, ids: [...ids, ['Revision', String(revision)]] },
    state: line === null && !takenBack ? 'waits' : 'done',
    note: line === null ? lost : `Line ${line} of the log of ${userId}.`,
    ...(revision > 1 ? {} : { at }),
  }
  if (revision <= 1) return [written]
  const others = runs.filter(one => !one.endsWith(timeZone))
  const note = `The log was written again with other content, ${revision - 1 === 1 ? 'once' : `${revision - 1} times`}. Only the last time is stored.`
  return [
    written,
    {
      ...{ key: 'amended', title: `Amended: revision ${revision}`, state: 'done', at, note, isBranch: true },
      ids: others.map(id => ['Written by', id] as const),
    },
  ]
}

interface Missing {
  /** When the step before it happened. */
  since: number
  now: number
  waits: string
  to: string
}

/** A step that has not happened: it is late when the one before it was some time ago. */
function missing(entry: Pick<Entry, 'key' | 'title'>, { since, now, waits, to }: Missing): Entry {
  const isLate = now - since > LATE_MS
  const note = isLate ? `It is late. ${waits}` : waits
  return { ...entry, state: isLate ? 'late' : 'waits', note, ids: [], ...(isLate ? { to } : {}) }
}

/** The time from the entry before that has one; undefined for the first, and for one without a time. */
export function gapBefore(entries: readonly Entry[], index: number): number | undefined {
  const at = entries[index]?.at
  const before = entries.slice(0, index).findLast(entry => entry.at !== undefined)?.at
  return at === undefined || before === undefined ? undefined : Date.parse(at) - Date.parse(before)
}
