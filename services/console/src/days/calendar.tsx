import type { Reporting } from '@daybook/client'
import { useEffect, useRef } from 'preact/hooks'
import { go, href } from '../address/address.ts'
import { useKeys } from '../keys/keys.ts'
import { addDays, addMonths, longDay, monthName, weeksOf } from '../time/days.ts'
import { Icon } from './icon.tsx'

type Month = Reporting.components['schemas']['Month']

interface Props {
  /** The day that is shown below the calendar. */
  day: string
  today: string
  /** Undefined while it is not read. */
  month: Month | undefined
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** A month as a table. Each day has the number of its completions, and a shade for it. */
export function Calendar({ day, today, month }: Props) {
  const table = useRef<HTMLTableElement>(null)
  const hasFocus = () => table.current?.contains(document.activeElement) ?? false
  useEffect(() => {
    if (hasFocus()) table.current?.querySelector<HTMLElement>('[aria-current=date]')?.focus()
  }, [day])
  useCalendarKeys(day, hasFocus)
  const found = new Map(month?.days.map(one => [one.day, one]))
  return (
    <table class="calendar" ref={table}>
      <caption>
        {monthName(day)}
        {month && <span class="unseen">, {inTotal(month)}</span>}
      </caption>
      <thead>
        <tr>
          {WEEKDAYS.map(name => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(day).map(week => (
          <tr key={week[0]}>
            {week.map(one => (
              <td key={one}>
                {one.slice(0, 7) === day.slice(0, 7) && (
                  <DayLink
                    day={one}
                    isShown={one === day}
                    isToday={one === today}
                    found={found.get(one)}
                    isRead={month !== undefined}
                  />
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The keys move from day to day while the focus is in the calendar, where they do not scroll. */
function useCalendarKeys(day: string, hasFocus: () => boolean) {
  const moves = [
    { key: 'ArrowLeft', does: 'In the calendar: the day before', to: () => addDays(day, -1) },
    { key: 'ArrowRight', does: 'In the calendar: the day after', to: () => addDays(day, 1) },
    { key: 'ArrowUp', does: 'In the calendar: a week before', to: () => addDays(day, -7) },
    { key: 'ArrowDown', does: 'In the calendar: a week after', to: () => addDays(day, 7) },
    { key: 'PageUp', does: 'In the calendar: the month before', to: () => addMonths(day, -1) },
    { key: 'PageDown', does: 'In the calendar: the month after', to: () => addMonths(day, 1) },
  ]
  useKeys(
    moves.map(({ key, does, to }) => ({ key, does, run: () => (hasFocus() ? go(`/days/${to()}`) : false) })),
  )
}

interface DayLinkProps {
  day: string
  isShown: boolean
  isToday: boolean
  isRead: boolean
  found: Month['days'][number] | undefined
}

function DayLink({ day, isShown, isToday, isRead, found }: DayLinkProps) {
  const count = found?.completions ?? 0
  const [weekday, date, ...rest] = longDay(day).split(' ')
  const more = [
    isRead && (count === 1 ? 'completion' : count === 0 ? 'no completion' : 'completions'),
    found?.failed && 'log failed',
    (found?.revision ?? 0) > 1 && 'log amended',
  ]
  return (
    <a
      href={href(`/days/${day}`)}
      class={`shade-${shadeOf(count)}`}
      aria-current={isShown ? 'date' : undefined}
      tabIndex={isShown ? 0 : -1}
    >
      <span class={isToday ? 'date today' : 'date'}>
        <span class="unseen">{weekday} </span>
        {date}
        <span class="unseen">
          {' '}
          {rest.join(' ')}
          {isToday && ', today'}
        </span>
      </span>{' '}
      <span class="number">{count > 0 && count}</span>
      <span class="unseen"> {more.filter(Boolean).join(', ')}</span>
      {found?.failed && <Icon name="failed" />}
      {!found?.failed && (found?.revision ?? 0) > 1 && <Icon name="amended" />}
    </a>
  )
}

const inTotal = ({ days }: Month) =>
  `${days.reduce((sum, { completions }) => sum + completions, 0)} completions`

/** From 0, nothing, to 4. */
const shadeOf = (count: number) => Math.min(4, Math.ceil(Math.log2(count + 1)))
