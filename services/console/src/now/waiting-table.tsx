import type { Tasks } from '@daybook/client'
import { href } from '../address/address.ts'
import { type Column, DataTable } from '../elements/data-table.tsx'
import { Ago } from '../time/time.tsx'
import { titles } from './parts-now.ts'
import { numberText } from './rates.ts'
import { type NowRead, type ServiceName, serviceNames } from './read-now.ts'

interface Work extends Pick<Tasks.WaitingWork, 'kind' | 'what'> {
  service: ServiceName
  since: string | null
  /** Undefined: the service does not say it. */
  count: string | undefined
  to: string | undefined
}

/** The work that waits, by reason. */
export const WaitingTable = ({ now }: { now: NowRead }) => (
  <section class="waiting" aria-labelledby="waiting">
    <h2 id="waiting">Waiting work</h2>
    <DataTable
      caption="Waiting work"
      columns={columns}
      rows={workOf(now)}
      keyOf={({ service, kind }) => `${service} ${kind}`}
    />
  </section>
)

const columns: readonly Column<Work>[] = [
  { title: 'Work', cell: ({ what, to }) => (to === undefined ? what : <a href={href(to)}>{what}</a>) },
  { title: 'Service', cell: ({ service }) => titles[service] },
  { title: 'Count', isNumber: true, cell: ({ count }) => <Count count={count} /> },
  { title: 'Oldest', cell: ({ since }) => since !== null && <Ago at={since} /> },
]

/** What waits stands out among the kinds of work of which nothing waits. */
const Count = ({ count = 'no answer' }: { count: string | undefined }) => (
  <span class={/^[1-9]/.test(count) ? undefined : 'quiet'}>{count}</span>
)

function workOf(now: NowRead): Work[] {
  return serviceNames.flatMap(service => ofService(service, now))
}

function ofService(service: ServiceName, { services }: NowRead): Work[] {
  const { data } = services[service].waiting
  const missing = (kind: string, what: string) => ({
    ...{ service, kind, what, since: null },
    ...{ count: undefined, to: undefined },
  })
  if (data === undefined) return [missing('all', `What waits in ${titles[service]}`)]
  return [
    ...data.work.map(({ kind, what, since, count, more }) => ({
      ...{ service, kind, what, since, to: pageOf(kind, service) },
      count: `${numberText(count)}${more ? ' or more' : ''}`,
    })),
    ...data.unknown.map(({ name, why }) => missing(name, `${name}: ${why}`)),
  ]
}

/** The page that shows waiting work. */
function pageOf(kind: string, service: ServiceName): string | undefined {
  if (kind === 'outbox') return `/now/${service}`
  if (kind === 'dead-letters') return `/dead-letters?service=${service}`
  if (kind.startsWith('runs-')) return '/runs'
  if (kind === 'jobs-running' || kind === 'jobs-failed') return `/jobs?state=${kind.slice('jobs-'.length)}`
  return kind.startsWith('jobs-') ? '/jobs?state=waiting' : undefined
}
