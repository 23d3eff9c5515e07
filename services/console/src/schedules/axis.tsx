import { now } from '../time/clock.ts'
import { timeText } from '../time/local-time.ts'
import { shownZone } from '../time/zone.ts'
import { axisPlaces } from './definition/axis-places.ts'
import { type PastLine, toneOf } from './definition/past-lines.ts'
import type { Firing } from './definition/schedule.ts'

const MOST = 20
const [MARGIN, WIDTH] = [2, 96]

interface Props {
  past: readonly PastLine[]
  next: readonly Firing[]
}

/** Past and coming firings on one axis, with now in the middle. The tables below say the same. */
export function Axis({ past, next }: Props) {
  const recent = past.slice(0, MOST).map(line => ({ at: Date.parse(line.at), tone: toneOf(line) as string }))
  const coming = next.map(({ fireAt }) => ({ at: Date.parse(fireAt), tone: 'coming' }))
  const placed = axisPlaces([...recent.toReversed(), ...coming], now.value)
  const percent = (x: number) => `${MARGIN + (x * WIDTH) / 100}%`
  const ends = [placed[0], placed.at(-1)]
  return (
    <svg class="axis" role="img" aria-label={textOf(recent, coming.length)}>
      <line class="scale" x1={percent(0)} x2={percent(100)} y1="28" y2="28" />
      <line class="now" x1={percent(50)} x2={percent(50)} y1="14" y2="42" />
      <text x={percent(50)} y="10" text-anchor="middle">
        now
      </text>
      {placed.map(({ point, x }) => (
        <circle key={`${point.at} ${point.tone}`} class={point.tone} cx={percent(x)} cy="28" r="6" />
      ))}
      {ends.map(
        (end, i) =>
          end &&
          (i === 0 ? end.x < 50 : end.x > 50) && (
            <text key={end.x} x={percent(end.x)} y="58" text-anchor={i === 0 ? 'start' : 'end'}>
              {timeText(end.point.at, shownZone.value)}
            </text>
          ),
      )}
    </svg>
  )
}

function textOf(recent: readonly { tone: string }[], coming: number): string {
  const failed = recent.filter(({ tone }) => tone === 'bad').length
  return `The last ${recent.length} firings, ${failed} of them with a failed job, and the next ${coming}`
}
