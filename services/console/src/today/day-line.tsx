import { now } from '../time/clock.ts'
import { longDay } from '../time/days.ts'
import { durationText } from '../time/duration-text.ts'
import { endOfDay } from '../time/local-time.ts'
import { groupOf, type Shown } from './groups.ts'

interface Props {
  /** Undefined: nothing is known of the tasks yet. */
  shown: readonly Shown[] | undefined
  /** Whether only some of the tasks are shown, so that counting them says nothing about all. */
  isPart: boolean
  today: string
  zone: string
}

/** Which day it is, when it ends and in which time zone, and how many tasks are open, overdue and done. */
export function DayLine({ shown, isPart, today, zone }: Props) {
  const end = endOfDay(today, zone)
  return (
    <p class="day-line">
      <strong>{longDay(today)}</strong>, ends in {durationText(end - now.value)}, at{' '}
      <time dateTime={new Date(end).toISOString()} title={new Date(end).toISOString()}>
        midnight in {zone}
      </time>
      . {shown && (isPart ? `${shown.length} shown.` : <Counts shown={shown} today={today} zone={zone} />)}
    </p>
  )
}

interface CountsProps {
  shown: readonly Shown[]
  today: string
  zone: string
}

function Counts({ shown, today, zone }: CountsProps) {
  const count = Map.groupBy(shown, ({ task }) => groupOf(task, today, zone))
  const overdue = count.get('Overdue')?.length ?? 0
  const done = count.get('Done today')?.length ?? 0
  const open = shown.filter(({ task }) => task.status === 'open').length
  return (
    <>
      {open} open, <span class={overdue > 0 ? 'overdue' : undefined}>{overdue} overdue</span>, {done} done
      today.
    </>
  )
}
