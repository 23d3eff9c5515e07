import type { Static } from 'typebox'
import type { GroupCounts, Member } from '../../queries/group-reader-store.ts'
import { apiStateOf } from '../../queries/job-filter.ts'
import type { JobGroup } from '../../stored/job-group.ts'
import { present } from '../../stored/present.ts'
import type { GroupBody, Results } from './group-schemas.ts'
import { SHOWN_ERROR } from './job-body.ts'

/** A group as the REST API shows it. @param counts its jobs now; not used for a group that has finished */
export function groupBody(
  group: JobGroup,
  counts: GroupCounts,
  failures: readonly Member[],
): Static<typeof GroupBody> {
  const { _id: id, state, owner, addedAt, closedAt, finishedAt, parent, then } = group
  return {
    id,
    state,
    owner,
    addedAt: addedAt.toISOString(),
    counts: { ...counts, ...atTheEnd(group) },
    failures: failures.map(({ _id: job, reason, error }) => ({
      job,
      ...present({ reason, error: error?.slice(0, SHOWN_ERROR).toWellFormed() }),
    })),
    ...present({
      parent,
      closedAt: closedAt?.toISOString(),
      finishedAt: finishedAt?.toISOString(),
      then: then === undefined ? undefined : (JSON.parse(then) as unknown),
    }),
  }
}

const atTheEnd = ({ state, counts }: JobGroup) =>
  state !== 'finished' ? {} : { ...counts, waiting: 0, sent: 0, running: 0 }

/** A job of a group with its result. */
export function resultBody({ _id, kind, key, state, result, reason, error }: Member): Result {
  const parsed = result === undefined ? undefined : (JSON.parse(result) as unknown)
  return { job: _id, kind, state: apiStateOf(state), ...present({ key, result: parsed, reason, error }) }
}
type Result = Static<typeof Results>['results'][number]
