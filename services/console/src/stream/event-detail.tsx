import { href } from '../address/address.ts'
import { OpenedHeading } from '../address/opened-heading.tsx'
import { taskPath } from '../address/page-paths.ts'
import { Facts, Json } from '../elements/facts.tsx'
import { Empty, Loading } from '../elements/states.tsx'
import { Time } from '../time/time.tsx'
import { linksOf } from './event-words.ts'
import { isFilled, log } from './watched.ts'

/** An event with all that it has, and links to what it is about. */
export function EventDetail({ id, back }: { id: string; back: string }) {
  const isRead = isFilled.value
  const event = log.find(id)
  return (
    <>
      <p>
        <a href={href(back)}>« All events</a>
      </p>
      {event === undefined && !isRead ? (
        <Loading what="the events of the last 15 minutes" />
      ) : event === undefined ? (
        <Empty>
          <p>
            This event is not here: only the newest 1,000 are kept, from 15 minutes before the page was
            opened. The <a href={href(taskPath(id.split(':')[0] ?? ''))}>history of its task</a> has all of
            them.
          </p>
        </Empty>
      ) : (
        <>
          <OpenedHeading>{event.type}</OpenedHeading>
          <ul class="links">
            {linksOf(event).map(({ to, text }) => (
              <li key={to}>
                <a href={href(to)}>{text}</a>
              </li>
            ))}
          </ul>
          <Facts
            of={[
              ['Happened', <Time key="time" at={event.time} toTheSecond />],
              ['Id', <code key="id">{event.id}</code>],
              ['Topic', event.topic],
              ['Partition', event.partition],
              ['Offset', event.offset],
            ]}
          />
          <Json value={event} />
        </>
      )}
    </>
  )
}
