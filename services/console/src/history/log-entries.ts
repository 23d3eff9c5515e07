import { amendmentEntries } from './amendment-entries.ts'
import type { Entry } from './entry.ts'
import type { Completion, Step } from './read-history.ts'

interface Context {
  step: Step
  /** Whether the file was removed because of its age. */
  isRemoved: boolean
}

/** The line of a completion in its log file, and the amendments of the file. */
export function logEntries(completion: Completion, { step, isRemoved }: Context): Entry[] {
  const { log, run, takenBack, timeZone, userId } = completion
  const entry = { key: 'log', title: 'Log file' }
  if (log === null) {
    const note = run === null ? 'It follows the end of the day.' : 'It is not written yet.'
    return [{ ...entry, state: 'waits', note, ids: [] }]
  }
  const { state, file, line, revision, firstWrittenAt, writtenAt, error } = log
  const ids = [['File', file] as const, ...(line === null ? [] : [['Line', String(line)] as const])]
  if (state === 'failed') {
    const at = writtenAt ?? undefined
    return [{ ...entry, state: 'failed', at, ids, note: error, to: '/dead-letters?service=reporting' }]
  }
  const where = revision > 1 ? `, in revision ${revision}` : ''
  const written: Entry = {
    ...{ ...entry, ...lineOf(line, takenBack, isRemoved), ids: [...ids, ['Revision', String(revision)]] },
    ...(line === null ? {} : { note: `Line ${line} of the log of ${userId}${where}.` }),
    at: firstWrittenAt ?? undefined,
  }
  return [written, ...amendmentEntries(log, { trace: step.trace, timeZone })]
}

function lineOf(line: number | null, takenBack: boolean, isRemoved: boolean): Pick<Entry, 'state' | 'note'> {
  if (line !== null) return { state: 'done' }
  if (takenBack) return { state: 'done', note: 'The file has no line of it, as it should be.' }
  if (!isRemoved) return { state: 'waits', note: 'The file has no line of it yet: it is written again.' }
  return { state: 'unknown', note: 'The file was removed because of its age, so its lines are not known.' }
}
