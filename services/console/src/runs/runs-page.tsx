import { href, path } from '../address/address.ts'
import { RunDetail } from './run-detail.tsx'
import { RunList } from './run-list.tsx'

/** The runs: the logs of each day in each time zone, how far they are, and what failed. */
export function RunsPage() {
  const [, day, timeZone] = path.value
  if (day === undefined || timeZone === undefined) return <RunList />
  return (
    <>
      <p>
        <a href={href('/runs')}>« All runs</a>
      </p>
      <RunDetail key={`${day} ${timeZone}`} day={day} timeZone={timeZone} />
    </>
  )
}
