import type { Entry } from './entry.ts'
import type { Completion } from './read-history.ts'

/**
 * The line of a completion in its log file, and the amendment of the file.
 * @param isRemoved whether the file was removed because of its age
 */
export function logEntries(
  { log, run, takenBack, timeZone, userId }: Completion,
  isRemoved: boolean,
): Entry[] {
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
  const written: Entry = {
    ...{ ...entry, ...lineOf(line, takenBack, isRemoved), ids: [...ids, ['Revision', String(revision)]] },
    ...(line === null ? {} : { note: `Line ${line} of the log of ${userId}.` }),
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

function lineOf(line: number | null, takenBack: boolean, isRemoved: boolean): Pick<Entry, 'state' | 'note'> {
  if (line !== null) return { state: 'done' }
  if (takenBack) return { state: 'done', note: 'The file has no line of it, as it should be.' }
  if (!isRemoved) return { state: 'waits', note: 'The file has no line of it yet: it is written again.' }
  return { state: 'unknown', note: 'The file was removed because of its age, so its lines are not known.' }
}
