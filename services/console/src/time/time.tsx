import { now } from './clock.ts'
import { dayOf, secondText, timeText } from './local-time.ts'
import { shownZone } from './zone.ts'

interface Props {
  at: string
  /** The date that need not be said; today by default. */
  day?: string
  /** Whether the seconds are shown. */
  toTheSecond?: boolean
}

/** An instant as a person reads it, with the name of the time zone; its title has the exact instant. */
export function Time({ at, day, toTheSecond = false }: Props) {
  const zone = shownZone.value
  const text = toTheSecond ? secondText : timeText
  return (
    <time dateTime={at} title={at}>
      {text(Date.parse(at), zone, day ?? dayOf(now.value, zone))}
    </time>
  )
}

/** How long ago an instant was, by the server's clock. */
export function Ago({ at }: { at: string }) {
  return (
    <time dateTime={at} title={at}>
      {durationText(now.value - Date.parse(at))} ago
    </time>
  )
}

const UNITS = [
  { name: 'd', ms: 86_400_000 },
  { name: 'h', ms: 3_600_000 },
  { name: 'min', ms: 60_000 },
  { name: 's', ms: 1000 },
]

/** Writes a duration: `12 s`, `4 min`, `1 h 20 min`, `3 d 2 h`. */
export function durationText(ms: number): string {
  const rest = Math.max(0, ms)
  const first = UNITS.findIndex(unit => rest >= unit.ms)
  const unit = UNITS[first]
  if (unit === undefined) return '0 s'
  const count = Math.floor(rest / unit.ms)
  const next = UNITS[first + 1]
  const more = next && unit.name !== 'min' ? Math.floor((rest % unit.ms) / next.ms) : 0
  return more === 0 ? `${count} ${unit.name}` : `${count} ${unit.name} ${more} ${next?.name}`
}
