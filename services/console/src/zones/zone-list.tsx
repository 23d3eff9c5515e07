import type { Problem } from '../api/problem.ts'
import { schedulerApi } from '../api/services.ts'
import { useRead } from '../elements/use-read.ts'

async function readZones(signal: AbortSignal) {
  const query = { kind: 'end-of-day', limit: 1000 } as const
  const { data, error } = await schedulerApi.GET('/schedules', { params: { query }, signal })
  return data === undefined
    ? { error: error as Problem }
    : { data: data.schedules.map(({ timeZone }) => timeZone) }
}

/** The time zones of the scheduler, for a field to choose from: browsers know some under other names, and some not at all. */
export function ZoneList({ id }: { id: string }) {
  const { data = [] } = useRead(readZones, [])
  return (
    <datalist id={id}>
      {data.map(zone => (
        <option key={zone} value={zone} />
      ))}
    </datalist>
  )
}
