import { present } from '../../stored/present.ts'
import { type Folded, foldReports } from './fold-reports.ts'
import type { AttemptReport } from './reports.ts'
import { type SettleDeps, settle } from './settle.ts'

/** What workers have to be told after their reports were applied, and what was refused. */
export interface Applied {
  mayNotRun: Folded['mayNotRun']
  /** Attempts that started although their jobs are to be cancelled. */
  toCancel: { job: string; attempt: number }[]
  refused: number
  /** How many attempts of each worker have ended. */
  ended: Map<string, number>
}

/**
 * Applies reports of attempts in order: few commands for hundreds of reports. Applying reports again changes nothing.
 * @param isLost whether a worker has lost its lease
 */
export async function applyReports(
  deps: SettleDeps,
  reports: readonly AttemptReport[],
  isLost: (worker: string) => boolean,
): Promise<Applied> {
  const applied: Applied = { mayNotRun: [], toCancel: [], refused: 0, ended: new Map() }
  let left = Map.groupBy(reports, ({ data }) => data.job)
  // A job that another writer has changed in between is read again. Its attempt may have ended by then.
  while (left.size > 0) {
    const found = await deps.attempts.find([...left.keys()])
    const jobs = new Map(found.map(job => [job._id, job]))
    const folds = [...left].map(([id, ofJob]) => ({
      job: jobs.get(id),
      ...foldReports(jobs.get(id), ofJob, isLost),
    }))
    const changed = folds.flatMap(({ job, started, progress, end }) => {
      const isChanged = started !== undefined || progress !== undefined || end !== undefined
      return job !== undefined && isChanged ? [{ job, ...present({ started, progress, end }) }] : []
    })
    const unsure = new Set(await settle(deps, changed))
    for (const fold of folds) note(applied, fold, unsure)
    left = new Map([...left].filter(([id]) => unsure.has(id)))
  }
  return applied
}

/** A job that is read again is decided about then. */
function note(
  applied: Applied,
  { job, ...fold }: Folded & { job: { _id: string; attempt: number } | undefined },
  unsure: Set<string>,
): void {
  if (job !== undefined && unsure.has(job._id)) return
  if (fold.end !== undefined) {
    const { worker } = fold.end
    applied.ended.set(worker, (applied.ended.get(worker) ?? 0) + 1)
  }
  applied.mayNotRun.push(...fold.mayNotRun)
  if (job !== undefined && fold.cancelAgain && fold.end === undefined)
    applied.toCancel.push({ job: job._id, attempt: job.attempt })
  applied.refused += fold.refused
}
