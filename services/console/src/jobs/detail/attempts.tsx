import type { Tone } from '../../elements/mark.tsx'
import { Mark } from '../../elements/mark.tsx'
import { durationText } from '../../time/duration-text.ts'
import { Time } from '../../time/time.tsx'
import { firstLine, type Job } from '../job/job.ts'

type Attempt = Job['attempts'][number]

const tones: Record<NonNullable<Attempt['outcome']>, Tone> = {
  succeeded: 'good',
  failed: 'bad',
  crashed: 'bad',
  returned: 'idle',
  cancelled: 'idle',
}

/** The attempts of a job, newest first. */
export function Attempts({ attempts }: { attempts: readonly Attempt[] }) {
  if (attempts.length === 0) return <p class="help">No attempt was made.</p>
  return (
    <ol class="attempts" reversed>
      {attempts.toReversed().map(attempt => (
        <li key={attempt.attempt} value={attempt.attempt}>
          <AttemptLine attempt={attempt} />
        </li>
      ))}
    </ol>
  )
}

function AttemptLine({ attempt: { outcome, reason, error, worker, ...times } }: { attempt: Attempt }) {
  const { sentAt, startedAt, endedAt } = times
  const began = startedAt ?? sentAt
  return (
    <>
      <p>
        <Mark tone={outcome === undefined ? 'idle' : tones[outcome]}>
          {outcome ?? (startedAt === undefined ? 'sent' : 'running')}
        </Mark>{' '}
        {reason !== undefined && reason !== 'error' && `${reason} `}
        {began !== undefined && (
          <>
            {startedAt === undefined ? 'sent' : 'started'} <Time at={began} />
          </>
        )}
        {endedAt !== undefined && startedAt !== undefined && (
          <>, took {tookText(Date.parse(endedAt) - Date.parse(startedAt))}</>
        )}
        {endedAt !== undefined && startedAt === undefined && (
          <>
            {' '}
            ended <Time at={endedAt} />, not started
          </>
        )}
        {worker !== undefined && <span class="why">worker {worker}</span>}
      </p>
      {error !== undefined && <ErrorText error={error} />}
    </>
  )
}

const tookText = (ms: number) => (ms < 1000 ? `${ms} ms` : durationText(ms))

/** An error: its first line, and the rest of it on demand. */
export function ErrorText({ error }: { error: string }) {
  const first = firstLine(error)
  const rest = error.slice(first.length + 1)
  return (
    <>
      <p class="fault">{first}</p>
      {rest !== '' && (
        <details>
          <summary>The whole error</summary>
          <pre>{rest}</pre>
        </details>
      )}
    </>
  )
}
