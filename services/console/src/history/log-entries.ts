import { amendmentEntries } from './amendment-entries.ts'
import type { Entry } from './entry.ts'
import type { Completion, Step } from './read-history.ts'

type Log = NonNullable<Completion['log']>

interface Context {
  step: Step
  /** Whether the file was removed because of its age. */
  isRemoved: boolean
}

/** The line of a completion in its log file, and the amendments of the file. */
export function logEntries(completion: Completion, { step, isRemoved }: Context): Entry[] {
  const { log, run, timeZone } = completion
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
  const written = { ...lineOf(completion, log, isRemoved), at: firstWrittenAt ?? undefined }
  if (revision <= 1) return [{ ...entry, ...written, ids: [...ids, ['Revision', '1']] }]
  const first: Entry = { ...entry, ...written, title: 'Log file: revision 1', ids }
  return [first, ...amendmentEntries(log, { trace: step.trace, timeZone })]
}

function lineOf(
  { takenBack, userId }: Completion,
  { line, revision }: Log,
  isRemoved: boolean,
): Pick<Entry, 'state' | 'note'> {
  if (line !== null) {
    const isFirst = revision <= 1
    const note = `${isFirst ? 'Line' : `In revision ${revision} it is line`} ${line} of the log of ${userId}.`
    return { state: 'done', note }
  }
  if (takenBack) return { state: 'done', note: 'The file has no line of it, as it should be.' }
  if (!isRemoved) return { state: 'waits', note: 'The file has no line of it yet: it is written again.' }
  return { state: 'unknown', note: 'The file was removed because of its age, so its lines are not known.' }
}
