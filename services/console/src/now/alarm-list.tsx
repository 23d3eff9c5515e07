import { useRef, useState } from 'preact/hooks'
import { href } from '../address/address.ts'
import { useHeld } from '../elements/lists/use-held.ts'
import { Mark } from '../elements/mark.tsx'
import { Empty } from '../elements/states.tsx'
import { Ago } from '../time/time.tsx'
import { keyOf, referenceLink, type ServiceAlarm } from './alarm-link.ts'
import { titles } from './parts-now.ts'
import { numberText } from './rates.ts'

interface Props {
  alarms: readonly ServiceAlarm[]
  /** What could not be looked for. */
  unknown: readonly string[]
}

/** The alarms of the services. While the pointer or the focus is in the list, its rows stay as they are. */
export function AlarmList({ alarms, unknown }: Props) {
  const { isHeld, handlers } = useHeld()
  const held = useRef(alarms)
  const [, release] = useState(0)
  if (!isHeld) held.current = alarms
  const isOld = keysOf(held.current) !== keysOf(alarms)
  const show = () => {
    held.current = alarms
    release(before => before + 1)
  }
  return (
    <section aria-labelledby="alarms" {...handlers}>
      <h2 id="alarms">
        Alarms <span class="count">{alarms.length}</span>
      </h2>
      {isOld && (
        <p>
          <button type="button" onClick={show}>
            The alarms have changed: show them
          </button>
        </p>
      )}
      {unknown.length > 0 && <p class="stale">Could not be looked for: {unknown.join(', ')}.</p>}
      {held.current.length === 0 && unknown.length === 0 && <Empty>No alarm. Nothing has to be done.</Empty>}
      <ul class="alarms">
        {held.current.map(alarm => (
          <Alarm key={keyOf(alarm)} alarm={alarm} />
        ))}
      </ul>
    </section>
  )
}

const keysOf = (alarms: readonly ServiceAlarm[]) => alarms.map(keyOf).join()

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
            , since <Ago at={since} />
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
