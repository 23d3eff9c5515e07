import { Instant, Nullable } from '@daybook/shared/events'
import { type Static, Type } from 'typebox'
import { amendmentReasons, MAX_AMENDMENTS, type Revisions } from '../../logs/amendments/amendment-model.ts'

const Amendment = Type.Object(
  {
    revision: Type.Integer({ minimum: 2 }),
    writtenAt: Instant('When it was written'),
    run: Type.String({ description: 'The run of the request that wrote it, for GET /runs/{id}' }),
    reason: Type.Enum([...amendmentReasons], {
      description:
        'late: after the day was closed a completion of it was added or taken back, or a log came after the report of its day; run: a run of the day wrote it, mostly that of another time zone in which the user completed tasks; again: an operator ordered to write it again; erased: text in it was erased',
    }),
    completionsBefore: Type.Integer({ minimum: 0, description: 'How many lines the log had before' }),
    completions: Type.Integer({ minimum: 0, description: 'How many lines it had then' }),
    trace: Nullable(Type.String(), 'The trace of what caused it, or null when that is not known'),
  },
  { title: 'LogAmendment' },
)

/** The schema of the amendments of a log. */
export const Amendments = Type.Array(Amendment, {
  description: `The newest ${MAX_AMENDMENTS} revisions after the first one, by revision. Those that earlier versions wrote are missing`,
})

/** The amendments of a log, as the API shows them. */
export const amendmentsOf = ({ amendments = [] }: Pick<Revisions, 'amendments'>): Static<typeof Amendments> =>
  amendments.map(({ writtenAt, trace = null, ...rest }) => ({
    ...rest,
    ...{ writtenAt: writtenAt.toISOString(), trace },
  }))
