import { href, path, query } from '../address/address.ts'
import { ChangeSchedule } from './form/change-schedule.tsx'
import { NewSchedule } from './form/new-schedule.tsx'
import { ScheduleDetail } from './schedule-detail.tsx'
import { ScheduleList } from './schedule-list.tsx'

/** The schedules of operators and the ends of days: what fires next, what did not fire, who is paused. */
export function SchedulesPage() {
  const [, name, part] = path.value
  if (name === undefined && query.value.get('view') !== 'new') return <ScheduleList />
  return (
    <>
      <p>
        <a href={href('/schedules')}>« All schedules</a>
      </p>
      {name === undefined ? (
        <NewSchedule />
      ) : part === 'change' ? (
        <ChangeSchedule key={name} name={name} />
      ) : (
        <ScheduleDetail key={name} name={name} />
      )}
    </>
  )
}
