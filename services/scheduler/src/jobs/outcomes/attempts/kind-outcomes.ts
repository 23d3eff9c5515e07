import { isProbe, type KindOutcomes } from '../../limits/failing.ts'
import type { Job } from '../../stored/job.ts'
import type { Folded } from './fold-reports.ts'

/** An attempt that has ended. */
export interface EndedAttempt {
  job: Pick<Job, 'kind' | 'places' | 'cancelAskedAt'>
  end: Pick<NonNullable<Folded['end']>, 'how' | 'at'>
}

/**
 * Adds up by kind how attempts have ended. Only failures that other jobs of the kind may have too count: not those that mean
 * that the data of this job are bad, and not those of a handler that was asked to end. Attempts that are returned, and
 * crashes, say nothing about what the handler calls.
 */
export function kindOutcomes(ended: readonly EndedAttempt[]): KindOutcomes[] {
  return [...Map.groupBy(ended, ({ job }) => job.kind)].map(([kind, ofKind]) => {
    const succeeded = ofKind.filter(({ end }) => end.how.outcome === 'succeeded')
    return {
      kind,
      failures: ofKind.filter(hasFailed).length,
      hasSucceeded: succeeded.length > 0,
      wasProbed: succeeded.some(({ job }) => isProbe(job)),
      at: Math.max(...ofKind.map(({ end }) => end.at.getTime())),
    }
  })
}

const hasFailed = ({ job, end: { how } }: EndedAttempt): boolean =>
  how.outcome === 'failed' && how.retry && job.cancelAskedAt === undefined
