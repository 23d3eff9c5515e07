import { useComputed } from '@preact/signals'
import { href, path } from '../address/address.ts'
import type { Problem } from '../api/problem.ts'
import { reportingApi } from '../api/services.ts'
import { Empty, Shown } from '../elements/states.tsx'
import { useRead } from '../elements/use-read.ts'
import { useEvents } from '../live/use-events.ts'
import { now } from '../time/clock.ts'
import { addMonths, isDay, monthName } from '../time/days.ts'
import { dayOf } from '../time/local-time.ts'
import { ownZone } from '../time/zone.ts'
import { Calendar } from './calendar.tsx'
import { DayDetail } from './day-detail.tsx'

const TYPES = new Set([
  'TaskCompleted',
  'TaskReopened',
  'TaskDeleted',
  'DayReported',
  'DayAmended',
  'EndOfDay',
])

/** The days of the person: how much was completed on which, and the log of one of them. */
export function DaysPage() {
  const today = useComputed(() => dayOf(now.value, ownZone.value)).value
  const day = path.value[1] ?? today
  if (isDay(day)) return <Days day={day} today={today} />
  return (
    <Empty>
      <p>
        There is no such day: {day}. <a href={href('/days')}>Show today</a>
      </p>
    </Empty>
  )
}

async function readMonth(month: string, signal: AbortSignal) {
  const { data, error } = await reportingApi.GET('/days', { params: { query: { month } }, signal })
  return data === undefined ? { error: error as Problem } : { data }
}

function Days({ day, today }: { day: string; today: string }) {
  const version = useEvents(TYPES)
  const month = day.slice(0, 7)
  const read = useRead(signal => readMonth(month, signal), [month], version)
  const [before, after] = [addMonths(day, -1), addMonths(day, 1)]
  return (
    <>
      <nav class="months" aria-label="Months">
        <a href={href(`/days/${before}`)}>« {monthName(before)}</a>
        <a href={href('/days')}>Today</a>
        <a href={href(`/days/${after}`)}>{monthName(after)} »</a>
        <span class="help">Days in {ownZone}</span>
      </nav>
      <Calendar day={day} today={today} month={read.data} />
      {read.data === undefined && (
        <Shown read={read} what="the number of completions">
          {() => null}
        </Shown>
      )}
      <DayDetail day={day} version={version} />
    </>
  )
}
