import { type Column, DataTable } from '../elements/data-table.tsx'
import { Shown } from '../elements/states.tsx'
import { useRead } from '../elements/use-read.ts'
import { useEvery } from '../live/use-every.ts'
import { Time } from '../time/time.tsx'
import { RateChart } from './rate-chart.tsx'
import { grouped, numberText, seriesWords } from './rates.ts'
import { readDayOfRates, type Series, type ServiceName } from './read-now.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** What a service did in the last 24 hours, as charts and as a table. */
export function DayOfRates({ service }: { service: ServiceName }) {
  const read = useRead(signal => readDayOfRates(service, signal), [service], useEvery(MINUTE_MS))
  return (
    <section aria-labelledby="rates">
      <h2 id="rates">The last 24 hours</h2>
      <Shown read={read} what="the rates">
        {data => <Found service={service} {...data} />}
      </Shown>
    </section>
  )
}

function Found({ service, from, series }: { service: ServiceName; from: string; series: Series }) {
  const names = Object.entries(seriesWords[service])
  const start = Date.parse(from)
  return (
    <>
      {names.map(([name, title]) => (
        <RateChart key={name} title={title} values={series[name] ?? []} from={start} />
      ))}
      <details>
        <summary>The numbers of each hour</summary>
        <DataTable
          caption="Counts of each hour"
          columns={[hour, ...names.map(([name, title]) => column(name, title))]}
          rows={hoursOf(series, start)}
          keyOf={({ at }) => at}
        />
      </details>
    </>
  )
}

interface Hour {
  at: string
  counts: Record<string, number>
}

const hour: Column<Hour> = { title: 'From', cell: ({ at }) => <Time at={at} /> }

const column = (name: string, title: string): Column<Hour> => ({
  ...{ title, isNumber: true },
  cell: ({ counts }) => numberText(counts[name] ?? 0),
})

/** The hours, the newest first. The newest is not over. */
function hoursOf(series: Series, start: number): Hour[] {
  const sums = Object.entries(series).map(([name, values]) => [name, grouped(values, 60)] as const)
  const length = Math.max(0, ...sums.map(([, hours]) => hours.length))
  return Array.from({ length }, (_, i) => ({
    at: new Date(start + i * HOUR_MS).toISOString(),
    counts: Object.fromEntries(sums.map(([name, hours]) => [name, hours[i] ?? 0])),
  })).reverse()
}
