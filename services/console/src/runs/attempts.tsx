import type { Reporting } from '@daybook/client'
import { useEffect, useState } from 'preact/hooks'
import type { Problem } from '../api/problem.ts'
import { reportingApi } from '../api/services.ts'
import { type Column, DataTable } from '../elements/data-table.tsx'
import { Mark } from '../elements/mark.tsx'
import { Shown } from '../elements/states.tsx'
import { useRead } from '../elements/use-read.ts'
import { useEvery } from '../live/use-every.ts'
import { Time } from '../time/time.tsx'

type ListedRerun = Reporting.components['schemas']['ListedRerun']

const LIMIT = 10
const WHILE_BUSY_MS = 3000

interface Attempt {
  listed: ListedRerun
  /** What it did in this time zone. */
  day: NonNullable<ListedRerun['ofRun']>
}

interface Props {
  day: string
  timeZone: string
  version: string
}

async function readAttempts({ day, timeZone }: Props, signal: AbortSignal) {
  const query = { run: `${day}@${timeZone}`, limit: LIMIT }
  const { data, error } = await reportingApi.GET('/reruns', { params: { query }, signal })
  if (data === undefined) return { error: error as Problem }
  return { data: data.reruns.flatMap(attemptsOf) }
}

const attemptsOf = (listed: ListedRerun): Attempt[] =>
  listed.ofRun === undefined ? [] : [{ listed, day: listed.ofRun }]

/** How often the logs of a run were ordered to be written again, by whom, and what became of it. */
export function Attempts(props: Props) {
  const { day, timeZone, version } = props
  const [isBusy, setBusy] = useState(false)
  const ticks = useEvery(isBusy ? WHILE_BUSY_MS : undefined)
  const read = useRead(signal => readAttempts(props, signal), [day, timeZone], `${version} ${ticks}`)
  useEffect(() => setBusy(read.data?.some(({ day: { state } }) => state !== 'done') ?? false), [read.data])
  return (
    <section aria-label="Attempts">
      <h3>Ordered again</h3>
      <Shown read={read} what="the attempts">
        {attempts =>
          attempts.length === 0 ? (
            <p>Nobody has ordered this run again.</p>
          ) : (
            <DataTable
              caption={`The last ${LIMIT} orders about this run`}
              columns={columns}
              rows={attempts}
              keyOf={({ listed }) => `${listed.id}`}
            />
          )
        }
      </Shown>
    </section>
  )
}

const columns: readonly Column<Attempt>[] = [
  { title: 'When', cell: ({ listed }) => <Time at={listed.createdAt} /> },
  { title: 'Who', cell: ({ listed }) => listed.by },
  { title: 'For', cell: ({ listed }) => listed.user ?? (listed.failedOnly ? 'failed logs' : 'all') },
  { title: 'State', cell: ({ day }) => <State of={day} /> },
  { title: 'Written', cell: ({ day }) => day.written.toLocaleString('en'), isNumber: true },
  { title: 'Changed', cell: ({ day }) => day.changed.toLocaleString('en'), isNumber: true },
  { title: 'Failed', cell: ({ day }) => day.failed.toLocaleString('en'), isNumber: true },
]

function State({ of: { state, requests, handled, day, timeZone, failed } }: { of: Attempt['day'] }) {
  if (state === 'done') return <Mark tone={failed > 0 ? 'bad' : 'good'}>done</Mark>
  if (state !== 'writing') return <Mark tone="idle">{state}</Mark>
  const words = `${handled.toLocaleString('en')} of ${requests.toLocaleString('en')} logs`
  return (
    <>
      <progress
        max={Math.max(requests, 1)}
        value={handled}
        aria-label={`Logs of ${day} in ${timeZone} that are written again`}
        aria-valuetext={words}
      />{' '}
      <span class="help">{words}</span>
    </>
  )
}
