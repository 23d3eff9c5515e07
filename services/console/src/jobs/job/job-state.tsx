import { Mark } from '../../elements/mark.tsx'
import { Time } from '../../time/time.tsx'
import { firstLine, type ListedJob, tones } from './job.ts'

/** The state of a job, and why: the reason for which it waits, or the error with which it failed. */
export function JobState({ job }: { job: ListedJob }) {
  const { state, waiting, error, reason, cancelAskedAt } = job
  return (
    <>
      <Mark tone={waiting && isBlocked.has(waiting.reason) ? 'warning' : tones[state]}>{state}</Mark>
      {waiting && (
        <span class="why">
          {waiting.detail}
          {waiting.until && (
            <>
              , until <Time at={waiting.until} />
            </>
          )}
        </span>
      )}
      {cancelAskedAt && !job.finishedAt && <span class="why">its worker is asked to cancel it</span>}
      {error !== undefined && <span class="why">{firstLine(error)}</span>}
      {error === undefined && reason !== undefined && <span class="why">{reason}</span>}
    </>
  )
}

/** Reasons that do not end by themselves. */
const isBlocked: ReadonlySet<string> = new Set([
  'paused',
  'failing',
  'no-worker-on-lane',
  'no-worker-knows-kind',
])

/** How far the handler of a job is, as it said last. */
export function JobProgress({ progress }: { progress: ListedJob['progress'] | undefined }) {
  if (progress === undefined) return null
  const { done, total, note } = progress
  const text = `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`
  return (
    <span class="job-progress">
      <progress value={done} max={total > 0 ? total : 1} aria-label="Progress" aria-valuetext={text} />
      <span>
        {text}
        {note && `, ${note}`}
      </span>
    </span>
  )
}
