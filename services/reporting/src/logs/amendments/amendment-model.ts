import { partSchemaOf } from '@daybook/shared/mongo/model'

export const amendmentReasons = ['late', 'run', 'again', 'erased'] as const
/**
 * What asked to write a log again: `late`: a change after the day was closed, or a log after its report; `run`: a run of the day, mostly
 * that of another time zone; `again`: an operator; `erased`: the erasure of text.
 */
export type AmendmentReason = (typeof amendmentReasons)[number]

/** A revision of a log after the first one. */
export interface LogAmendment {
  revision: number
  writtenAt: Date
  /** The id of the run for which the log was requested. */
  run: string
  reason: AmendmentReason
  /** How many completions the revision before had. */
  completionsBefore: number
  completions: number
  /** The trace of what caused the request, if that is known. */
  trace?: string
}

/** How many amendments a record keeps: the newest. */
export const MAX_AMENDMENTS = 20

/** What the record of a log keeps of its revisions. */
export interface Revisions {
  /** When the first one was written. Absent while that is `writtenAt`, and when an earlier version wrote the second one. */
  firstWrittenAt?: Date
  /** Absent before the first one. Those that earlier versions wrote are missing. */
  amendments?: LogAmendment[]
}

export const amendmentSchema = partSchemaOf<LogAmendment>({
  revision: Number,
  writtenAt: Date,
  run: String,
  reason: { type: String, enum: [...amendmentReasons] },
  completionsBefore: Number,
  completions: Number,
  trace: String,
})
