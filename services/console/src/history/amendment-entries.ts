import { tracePath } from '../address/page-paths.ts'
import { type Amendment, whyAmended } from '../days/why-amended.ts'
import type { Entry } from './entry.ts'
import type { Completion } from './read-history.ts'

type Log = NonNullable<Completion['log']>

interface Cause {
  /** The trace of the event whose history is shown. */
  trace: string | null
  /** The time zone of the completion. */
  timeZone: string
}

/** The amendments of a log, each as a branch: also those of which nothing is stored. */
export function amendmentEntries(log: Log, { trace, timeZone }: Cause): Entry[] {
  const { revision, amendments } = log
  const isNewestKnown = revision <= 1 || amendments.at(-1)?.revision === revision
  const unknown = revision - 1 - amendments.length - (isNewestKnown ? 0 : 1)
  return [
    ...(unknown > 0 ? [unknownEntry(unknown)] : []),
    ...amendments.map(amendment => amendmentEntry(amendment, trace)),
    ...(isNewestKnown ? [] : [newestEntry(log, timeZone)]),
  ]
}

const branch = (revision: number) =>
  ({
    key: `amended-${revision}`,
    title: `Amended: revision ${revision}`,
    state: 'done',
    isBranch: true,
  }) as const

function amendmentEntry(amendment: Amendment, ownTrace: string | null): Entry {
  const { revision, writtenAt, run, trace } = amendment
  const why = whyAmended(amendment)
  const traced = trace === null ? {} : { to: tracePath(trace) }
  return {
    ...{ ...branch(revision), ...traced, at: writtenAt },
    note: trace !== null && trace === ownTrace ? `This event caused it. ${why}` : why,
    ids: [['Run', run], ...(trace === null ? [] : [['Trace', trace] as const])],
  }
}

/** The newest revision, when an earlier version of Daybook wrote it. */
function newestEntry({ revision, writtenAt, runs }: Log, timeZone: string): Entry {
  const others = runs.filter(run => !run.endsWith(timeZone))
  return {
    ...{ ...branch(revision), at: writtenAt ?? undefined },
    note: 'The log was written again with other content. Why is not stored.',
    ids: others.map(run => ['Written by', run] as const),
  }
}

const unknownEntry = (times: number): Entry => ({
  ...{ key: 'amended-unknown', title: times === 1 ? 'Amended once' : `Amended ${times} times` },
  ...{ state: 'done', isBranch: true, ids: [] },
  note: 'When and why is not stored: the newest 20 amendments are, and none of earlier versions of Daybook.',
})
