import type { Tasks } from '@daybook/client'
import { jobPath, runPath, schedulePath } from '../address/page-paths.ts'
import type { ServiceName } from './read-now.ts'

export interface ServiceAlarm extends Tasks.Alarm {
  service: ServiceName
}

type Reference = Tasks.AlarmReference

/** A page of the console, with what a link to it says. */
export interface PageLink {
  to: string
  text: string
}

const inQuery = (page: string, query: Record<string, string>) => `/${page}?${new URLSearchParams(query)}`

/** The page that shows what a reference of an alarm names. */
export function referenceLink({ type, id }: Reference, { service }: ServiceAlarm): PageLink {
  switch (type) {
    case 'run':
    case 'day':
      return runLink(id)
    case 'rerun':
      return { to: '/runs', text: `Run again ${id}` }
    case 'schedule':
      return { to: schedulePath(id), text: `Schedule ${id}` }
    case 'job':
      return { to: jobPath(id), text: `Job ${id}` }
    case 'kind':
      // Jobs of a failing kind wait for another attempt, until they have none left.
      return { to: inQuery('jobs', { kind: id, state: 'waiting' }), text: `Waiting jobs of ${id}` }
    case 'lane':
      return { to: inQuery('jobs', { lane: id, state: 'waiting' }), text: `Jobs on the lane ${id}` }
    case 'group':
      return { to: inQuery('dead-letters', { service, group: id }), text: `Dead letters of ${id}` }
    case 'log':
      return { to: inQuery('runs', { failed: 'true' }), text: `Runs with failures, for the log ${id}` }
    case 'outbox':
      return { to: `/now/${service}`, text: `State of ${service}` }
  }
}

function runLink(id: string): PageLink {
  const [day = '', timeZone] = id.split('@')
  if (timeZone === undefined) return { to: '/runs', text: `Runs of ${day}` }
  return { to: runPath({ day, timeZone }), text: `Run of ${day} in ${timeZone}` }
}

/** All alarms, the critical ones first, and of these the oldest. One without a time counts as the newest. */
export const inOrder = (alarms: readonly ServiceAlarm[]): ServiceAlarm[] =>
  alarms.toSorted(
    (one, other) =>
      Number(other.severity === 'critical') - Number(one.severity === 'critical') ||
      ((one.since ?? '~') < (other.since ?? '~') ? -1 : 1),
  )

/** Identifies an alarm from one look to the next. */
export const keyOf = ({ service, kind, problem, references }: ServiceAlarm): string =>
  JSON.stringify([service, kind, problem, references[0]?.id])
