import { useRef, useState } from 'preact/hooks'
import { href } from '../address/address.ts'
import { heldRows } from '../elements/lists/held-rows.ts'
import { useHeld } from '../elements/lists/use-held.ts'
import { Mark } from '../elements/mark.tsx'
import { Empty } from '../elements/states.tsx'
import { Ago, Time } from '../time/time.tsx'
import { keyOf, referenceLink, type ServiceAlarm } from './alarm-link.ts'
import { titles } from './parts-now.ts'
import { numberText } from './rates.ts'

interface Props {
  alarms: readonly ServiceAlarm[]
  /** What could not be looked for. */
  unknown: readonly string[]
}

/** The alarms of the services. While the pointer or the focus is in the list, its rows stay in their places. */
export function AlarmList(now: Props) {
  const { isHeld, handlers } = useHeld()
  const before = useRef(now)
  const [, release] = useState(0)
  const shown = isHeld
    ? { ...before.current, alarms: heldRows(before.current.alarms, now.alarms, keyOf).rows }
    : now
  before.current = shown
  const show = () => {
    before.current = now
    release(count => count + 1)
  }
  const { alarms, unknown } = shown
  return (
    <section aria-labelledby="alarms" {...handlers}>
      <div class="alarms-head">
        <h2 id="alarms">
          Alarms <span class="count">{now.alarms.length}</span>
        </h2>
        {isOther(shown, now) && (
          <button type="button" onClick={show}>
            They have changed: show them
          </button>
        )}
      </div>
      {unknown.length > 0 && <p class="stale">Could not be looked for: {unknown.join(', ')}.</p>}
      {alarms.length === 0 && unknown.length === 0 && <Empty>No alarm. Nothing has to be done.</Empty>}
      <ul class="alarms">
        {alarms.map(alarm => (
          <Alarm key={keyOf(alarm)} alarm={alarm} />
        ))}
      </ul>
    </section>
  )
}

const isOther = (one: Props, other: Props) =>
  JSON.stringify([one.alarms.map(keyOf), one.unknown]) !==
  JSON.stringify([other.alarms.map(keyOf), other.unknown])

const SHOWN_REFERENCES = 5

function Alarm({ alarm }: { alarm: ServiceAlarm }) {
  const { severity, service, since, count, more, problem, remedy, references } = alarm
  const shown = references.slice(0, SHOWN_REFERENCES)
  return (
    <li>
      <p>
        <Mark tone={severity === 'critical' ? 'bad' : 'warning'}>{severity}</Mark> <strong>{problem}</strong>
      </p>
      <p class="quiet">
        {titles[service]}
        {since !== null && (
          <>
            , since <Time at={since} /> (<Ago at={since} />)
          </>
        )}
        {(count > 1 || more) && `, ${numberText(count)}${more ? ' or more' : ''}`}
      </p>
      <p>{remedy}</p>
      <ul class="links">
        {shown.map(reference => {
          const { to, text } = referenceLink(reference, alarm)
          return (
            <li key={`${reference.type} ${reference.id}`}>
              <a href={href(to)}>{text}</a>
            </li>
          )
        })}
        {references.length > shown.length && <li>and {references.length - shown.length} more</li>}
      </ul>
    </li>
  )
}
