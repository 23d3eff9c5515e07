import { runPath } from '../address/page-paths.ts'
import { dayOf } from '../time/local-time.ts'
import { type Entry, missing, type Named } from './entry.ts'
import { logEntries } from './log-entries.ts'
import type { Completion, Step } from './read-history.ts'

/** What is known of a completion, and when that was. */
interface Context {
  step: Step
  completion: Completion | undefined
  /** Whether reporting has answered. */
  isKnown: boolean
  /** Whether the log file of its day was removed because of its age. */
  isRemoved: boolean
  now: number
}

/** What became of a completion in reporting: its projection, the run of its day, and the line in the log file. */
export function reportingEntries(context: Context): Entry[] {
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
    ...logEntries(completion, context),
  ]
}

function unread(entry: Named, { step, now }: Context): Entry {
  if (!step.published)
    return { ...entry, state: 'waits', note: 'It follows when the event is on Kafka.', ids: [] }
  const since = Date.parse(step.publishedAt ?? step.time)
  return missing(entry, { since, now, waits: 'The projection has not reached it yet.', to: '/now/reporting' })
}

function projectionEntry(entry: Named, completion: Completion): Entry {
  const { partition, offset, day, timeZone, takenBack, late, projectedAt } = completion
  const notes = [
    takenBack
      ? `The completion does not count: it was taken back on ${day}.`
      : `It counts on ${day} in ${timeZone}.`,
    late === true && 'It came after its day was closed, so the log of the day is written again.',
    isReadAgain(completion) &&
      'It was in the report of its day, and this time is later: the projection was rebuilt, or clocks differ.',
  ]
  const place = partition === null || offset === null ? [] : [`daybook.tasks / ${partition} / ${offset}`]
  return {
    ...{ ...entry, state: 'done', at: projectedAt ?? undefined, note: notes.filter(Boolean).join(' ') },
    ids: place.map(text => ['Read at', text] as const),
  }
}

/** A run writes logs when everything that came before the end of its day is projected. */
const isReadAgain = ({ late, run, projectedAt }: Completion) =>
  late === false && projectedAt !== null && projectedAt > (run?.writingAt ?? projectedAt)

function runEntry({ day, timeZone, run }: Completion, now: number): Entry {
  const entry = { key: 'run', title: `End of ${day} in ${timeZone}`, to: runPath({ day, timeZone }) }
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
