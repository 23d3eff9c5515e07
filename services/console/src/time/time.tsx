import { now } from './clock.ts'
import { durationText } from './duration-text.ts'
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
