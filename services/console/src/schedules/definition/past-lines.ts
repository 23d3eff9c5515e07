import type { Tone } from '../../elements/mark.tsx'
import { type ListedJob, tones } from '../../jobs/job/job.ts'
import type { PastFiring } from './schedule.ts'
import { MISSED_AFTER_MS } from './schedule-state.ts'

/** A firing with the job that it added; of a firing that the scheduler keeps no longer, its job alone. */
export interface PastLine {
  key: string
  /** When it fired. */
  at: string
  firing: PastFiring | undefined
  job: ListedJob | undefined
}

/** Joins the firings of a schedule and the jobs that they added, newest first. A job has the id of its firing. */
export function pastLines(firings: readonly PastFiring[], jobs: readonly ListedJob[]): PastLine[] {
  const jobOf = new Map(jobs.map(job => [job.id, job]))
  const kept = new Set(firings.map(({ id }) => id))
  const lines = firings.map((firing): PastLine => {
    const { id, firedAt: at } = firing
    return { key: id ?? at, at, firing, job: id === null ? undefined : jobOf.get(id) }
  })
  const older = jobs
    .filter(({ id }) => !kept.has(id))
    .map((job): PastLine => ({ key: job.id, at: job.addedAt, firing: undefined, job }))
  // Of slots that fired together, the scheduler tells the latest first. The order of firings stays.
  return [...lines, ...older].toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))
}

/** How a firing went: its job, or whether the slot was late or did not fire. */
export function toneOf({ firing, job }: PastLine): Tone {
  if (job !== undefined) return tones[job.state]
  return firing !== undefined && (firing.notFired > 0 || (firing.lateMs ?? 0) > MISSED_AFTER_MS)
    ? 'warning'
    : 'good'
}
