import type { Problem } from '../../api/problem.ts'
import { schedulerApi } from '../../api/services.ts'
import { useRead } from '../../elements/use-read.ts'
import { useEvery } from '../../live/use-every.ts'
import { Ago } from '../../time/time.tsx'

const EVERY_MS = 15_000

async function readLaneAlarms(signal: AbortSignal) {
  const { data, error } = await schedulerApi.GET('/alarms', { signal })
  if (data === undefined) return { error: error as Problem }
  return { data: data.alarms.filter(({ kind }) => kind === 'lane-without-worker') }
}

/** Says which lanes have jobs that are due and no worker that takes them, and how to start one. */
export function LaneWarnings() {
  const { data } = useRead(readLaneAlarms, [], useEvery(EVERY_MS))
  return (
    <>
      {data?.map(({ problem, since, references }) => {
        const lane = references.find(({ type }) => type === 'lane')?.id ?? 'default'
        const kinds = references.filter(({ type }) => type === 'kind').map(({ id }) => id)
        return (
          <section key={lane} class="alert" aria-label={`The lane ${lane} has no worker`}>
            <p>
              <strong>{problem}</strong>
              {since && (
                <>
                  {' '}
                  (since <Ago at={since} />)
                </>
              )}
              . Start a worker of this lane with handlers for {kinds.join(', ')}:
            </p>
            <pre>{commandFor(lane)}</pre>
          </section>
        )
      })}
    </>
  )
}

/** A worker is a program of the person who runs Daybook, so the command has a place for its name. */
const commandFor = (lane: string) =>
  `KAFKA_BROKERS=<brokers> node <your worker>.ts   # a program with worker({ lane: '${lane}' })`
