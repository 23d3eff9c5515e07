import {
  attemptEnded,
  type Ending,
  endingFields,
  MAX_ATTEMPTS,
  type Retention,
} from '../../stored/finish-store.ts'
import type { Job } from '../../stored/job.ts'
import type { Change, Filter } from './attempt-updates-store.ts'

/** A job whose attempt in hand has succeeded. */
export interface Success {
  read: Job
  ending: Ending
}

// An update of 500 jobs with results of this many characters is smaller than the 16 MB that a command may have.
const MAX_SHARED_RESULT = 8000

/**
 * The successes among changes that can share updates and an end note. A job that has succeeded never changes again until it is
 * removed, so its event can be made later from what is stored; a job that failed can be retried before. A job with events that
 * are not published yet stores this one behind them.
 */
export function successesIn(changes: readonly Change[]): Success[] {
  return changes.flatMap(({ read, next }) => {
    if (next === undefined || 'waits' in next || read.outbox !== undefined) return []
    const { state, result = '' } = next.ends
    return state === 'succeeded' && result.length <= MAX_SHARED_RESULT ? [{ read, ending: next.ends }] : []
  })
}

/**
 * One update for all jobs that are found by the same fields, however their results differ: an update for each job takes
 * MongoDB three times as long.
 */
export function succeedTogether(successes: readonly Success[], retention: Retention) {
  const groups = Map.groupBy(successes, ({ read: { attempt, state, worker } }) =>
    JSON.stringify([attempt, state, worker]),
  )
  return [...groups.values()].map(group => ({
    updateMany: { filter: filterOf(group as [Success]), update: updateOf(group, retention), hint: '_id_' },
  }))
}

function filterOf(group: readonly [Success, ...Success[]]): Filter {
  const [{ read }] = group
  const { attempt, state, worker } = read
  const ids = group.map(({ read: { _id } }) => _id)
  return { _id: { $in: ids }, attempt, state, ...(state === 'running' ? { worker } : {}) } as Filter
}

function updateOf(group: readonly Success[], retention: Retention) {
  const ends = Object.fromEntries(
    group.map(({ read, ending }) => [
      read._id,
      { fields: endingFields(read, ending, retention), past: ending.past },
    ]),
  )
  const attempts = { $concatArrays: [{ $ifNull: ['$attempts', []] }, ['$end.past']] }
  return [
    { $set: { end: { $getField: { field: '$_id', input: { $literal: ends } } } } },
    { $replaceWith: { $mergeObjects: ['$$ROOT', '$end.fields'] } },
    { $set: { attempts: { $slice: [attempts, -MAX_ATTEMPTS] } } },
    { $unset: ['end', 'expiresAt', 'expiryFrom', 'suspect', ...Object.keys(attemptEnded)] },
  ]
}
