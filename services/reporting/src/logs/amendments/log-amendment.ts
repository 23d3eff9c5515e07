import { traceOf } from '@daybook/shared/events'
import { runId } from '../../run-id.ts'
import { type AmendmentReason, MAX_AMENDMENTS, type Revisions } from './amendment-model.ts'

/** What a log request says of the amendment that it causes. */
export interface Cause {
  day: string
  timeZone: string
  late: boolean
  again?: boolean
  erased?: boolean
  traceparent?: string
}

/** What a record says of the newest revision. */
interface Newest {
  revision: number
  completions: number
  writtenAt: Date | null
}

/**
 * What the record of a log keeps of its revisions when a request has written one more.
 * @param before the record as it was, which may be of an earlier version; undefined when there was none
 * @returns the fields that change
 */
export function withAmendment(
  before: (Newest & Revisions) | undefined,
  { revision, completions, writtenAt }: Newest & { writtenAt: Date },
  cause: Cause,
): Revisions {
  if (before === undefined || before.revision === 0) return {}
  const { amendments = [], completions: completionsBefore } = before
  const first = firstWrittenAt(before)
  const amendment = {
    ...{ revision, writtenAt, run: runId(cause.day, cause.timeZone), reason: reasonOf(cause) },
    ...{ completionsBefore, completions, ...traceOf(cause) },
  }
  return {
    ...(first === null ? {} : { firstWrittenAt: first }),
    amendments: [...amendments, amendment].slice(-MAX_AMENDMENTS),
  }
}

/** When the first revision of a log was written; null before, and when an earlier version has amended it. */
export const firstWrittenAt = (log: Omit<Newest, 'completions'> & Revisions): Date | null =>
  log.revision > 1 ? (log.firstWrittenAt ?? null) : log.writtenAt

// The erasure of text asks to write again, and a log that is written again may come after the report of its day.
function reasonOf({ erased, again, late }: Cause): AmendmentReason {
  if (erased) return 'erased'
  if (again) return 'again'
  return late ? 'late' : 'run'
}
