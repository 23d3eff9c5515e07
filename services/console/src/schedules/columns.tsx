import { href } from '../address/address.ts'
import { jobPath, schedulePath } from '../address/page-paths.ts'
import type { Column } from '../elements/data-table.tsx'
import { Mark } from '../elements/mark.tsx'
import { tones as jobTones } from '../jobs/job/job.ts'
import { now } from '../time/clock.ts'
import { durationText } from '../time/duration-text.ts'
import { Ago, Time } from '../time/time.tsx'
import type { Schedule } from './definition/schedule.ts'
import { lastWords, notFired, stateOf, tones } from './definition/schedule-state.ts'
import { specOf, specWords } from './definition/spec-words.ts'

export const columns: readonly Column<Schedule>[] = [
  { title: 'Next', cell: schedule => <Next of={schedule} /> },
  { title: 'Name', isWhole: true, cell: ({ name }) => <a href={href(schedulePath(name))}>{name}</a> },
  { title: 'When', cell: schedule => <Spec of={schedule} /> },
  { title: 'Zone', isWhole: true, cell: ({ timeZone }) => timeZone },
  { title: 'Last', cell: schedule => <Last of={schedule} /> },
  { title: 'State', cell: schedule => <StateMark of={schedule} /> },
]

/** When a schedule fires next, and in how long. */
export function Next({ of: { nextFireAt } }: { of: Schedule }) {
  if (nextFireAt === null) return <span class="help">not planned</span>
  const inMs = Date.parse(nextFireAt) - now.value
  return (
    <>
      <strong class="soon">{inMs > 0 ? `in ${durationText(inMs)}` : 'now'}</strong>{' '}
      <span class="help">
        <Time at={nextFireAt} />
      </span>
    </>
  )
}

/** When a schedule fires, in words if there are short ones, and as it was written. */
export function Spec({ of: { definition, nextDay } }: { of: Schedule }) {
  if (definition === undefined) return <>End of each day{nextDay && `, next of ${nextDay}`}</>
  if (definition.at !== undefined)
    return (
      <>
        Once, <Time at={definition.at} />
      </>
    )
  const words = specWords(definition)
  return (
    <>
      {words} <code class={words === undefined ? undefined : 'spec'}>{specOf(definition)}</code>
    </>
  )
}

/** When a schedule fired last, how that went, and how many slots did not fire. */
export function Last({ of }: { of: Schedule }) {
  const last = lastWords(of)
  const missing = notFired(of)
  return (
    <>
      {of.stats.lastFiredAt === null ? <span class="help">never</span> : <Ago at={of.stats.lastFiredAt} />}{' '}
      {last && <Mark tone={last.tone}>{last.words}</Mark>}{' '}
      {of.lastJob && (
        <a href={href(jobPath(of.lastJob.id))}>
          <Mark tone={jobTones[of.lastJob.state]}>job {of.lastJob.state}</Mark>
        </a>
      )}{' '}
      {missing > 0 && <Mark tone="warning">{missing} did not fire</Mark>}
    </>
  )
}

export function StateMark({ of }: { of: Schedule }) {
  const state = stateOf(of, now.value)
  return <Mark tone={tones[state]}>{state}</Mark>
}
