import { type Column, DataTable } from '../../elements/data-table.tsx'
import { Mark } from '../../elements/mark.tsx'
import { now } from '../../time/clock.ts'
import { shortDay } from '../../time/days.ts'
import { durationText } from '../../time/duration-text.ts'
import { Time } from '../../time/time.tsx'
import type { FiringLine } from './firing-lines.ts'

interface Props {
  caption: string
  lines: readonly FiringLine[]
}

const words = { comes: 'comes', goes: 'goes away' }

const slot: Column<FiringLine> = {
  title: 'In its zone',
  isWhole: true,
  cell: ({ firing: { slotLocal, day }, change }) => (
    <>
      <span class={change === 'goes' ? 'gone' : undefined}>{localText(slotLocal)}</span>{' '}
      {day && <span class="help">end of {day}</span>}{' '}
      {change && <Mark tone={change === 'comes' ? 'good' : 'warning'}>{words[change]}</Mark>}
    </>
  ),
}

const own: Column<FiringLine> = {
  title: 'For you',
  cell: ({ firing: { slot, fireAt } }) => (
    <>
      <Time at={slot} />{' '}
      {fireAt !== slot && (
        <span class="help">fires {durationText(Date.parse(fireAt) - Date.parse(slot))} later</span>
      )}
    </>
  ),
}

const distance: Column<FiringLine> = {
  title: 'In',
  isWhole: true,
  cell: ({ firing: { fireAt } }) => durationText(Date.parse(fireAt) - now.value),
}

const gap: Column<FiringLine> = {
  title: 'Gap before',
  cell: ({ gapMs, clockChange }) => (
    <>
      {gapMs !== undefined && durationText(gapMs)} {clockChange && <Mark tone="warning">{clockChange}</Mark>}
    </>
  ),
}

const columns = [slot, own, distance, gap]

/** Firings, each in the schedule's time zone and in that of the person. */
export const FiringTable = ({ caption, lines }: Props) => (
  <DataTable
    caption={caption}
    columns={columns}
    rows={lines}
    keyOf={({ firing, change }) => `${firing.slot} ${change}`}
  />
)

/** `Mon 23 Nov 2026, 09:30 +01:00` */
function localText(local: string): string {
  const [day = '', rest = ''] = local.split('T')
  const [, time = '', seconds = '', offset = ''] = /^(\d\d:\d\d)(:\d\d)?[.\d]*(.*)$/.exec(rest) ?? []
  return `${shortDay(day)} ${day.slice(0, 4)}, ${time}${seconds === ':00' ? '' : seconds} ${offset}`
}
