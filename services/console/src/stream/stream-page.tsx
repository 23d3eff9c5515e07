import { path, query } from '../address/address.ts'
import { EventDetail } from './event-detail.tsx'
import { EventList } from './event-list.tsx'
import { watchEvents } from './watched.ts'

/** The events of Daybook as they happen. */
export function StreamPage() {
  watchEvents()
  const [, id] = path.value
  if (id === undefined) return <EventList />
  const conditions = query.value.toString()
  return <EventDetail id={id} back={conditions === '' ? '/stream' : `/stream?${conditions}`} />
}
