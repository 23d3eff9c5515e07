import type { Scheduler } from '@daybook/client'
import type { Problem } from '../../api/problem.ts'
import { schedulerApi } from '../../api/services.ts'
import { numberOf } from '../../bulk/plan.ts'
import { useRead } from '../../elements/use-read.ts'
import { useEvery } from '../../live/use-every.ts'
import { Ago } from '../../time/time.tsx'

type Alarm = Scheduler.components['schemas']['Alarm']

const EVERY_MS = 15_000

async function readLaneAlarms(signal: AbortSignal) {
  const { data, error } = await schedulerApi.GET('/alarms', { signal })
  if (data === undefined) return { error: error as Problem }
  return { data: data.alarms.filter(({ kind }) => kind === 'lane-without-worker') }
}

/** Says which lanes have jobs that are due and no worker that takes them, and how to start one. */
export function LaneWarnings() {
  const { data, problem } = useRead(readLaneAlarms, [], useEvery(EVERY_MS))
  const [first, ...others] = data ?? []
  return (
    <div class="lanes">
      {data === undefined && problem && <p class="help">Whether each lane has a worker is not known now.</p>}
      {data?.length === 0 && <p class="help">Each lane with jobs that are due has a worker.</p>}
      {first && (
        <details class="alert">
          <summary>
            <strong>{first.problem}</strong>
            {first.since && (
              <>
                {' '}
                (since <Ago at={first.since} />)
              </>
            )}
            {others.length > 0 && `, and ${numberOf(others.length, 'other lane')}`}
          </summary>
          {[first, ...others].map(alarm => (
            <LaneWarning key={laneOf(alarm)} alarm={alarm} />
          ))}
        </details>
      )}
    </div>
  )
}

function LaneWarning({ alarm }: { alarm: Alarm }) {
  const lane = laneOf(alarm)
  const kinds = alarm.references.filter(({ type }) => type === 'kind').map(({ id }) => id)
  return (
    <section aria-label={`The lane ${lane} has no worker`}>
      <p>
        Lane {lane}: start a worker with handlers for {kinds.join(', ')}:
      </p>
      <pre>{commandFor(lane)}</pre>
    </section>
  )
}

const laneOf = ({ references }: Alarm) => references.find(({ type }) => type === 'lane')?.id ?? 'default'

/** A worker is a program of the person who runs Daybook, so the command has a place for its name. */
const commandFor = (lane: string) =>
  `KAFKA_BROKERS=<brokers> node <your worker>.ts   # a program with worker({ lane: '${lane}' })`
