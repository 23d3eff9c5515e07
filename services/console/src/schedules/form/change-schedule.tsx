import { useState } from 'preact/hooks'
import { go } from '../../address/address.ts'
import { OpenedHeading } from '../../address/opened-heading.tsx'
import { schedulePath } from '../../address/page-paths.ts'
import { codeOf, type Problem } from '../../api/problem.ts'
import { schedulerApi } from '../../api/services.ts'
import { Shown } from '../../elements/states.tsx'
import { useCommand } from '../../elements/use-command.ts'
import { useRead } from '../../elements/use-read.ts'
import { readSchedule } from '../definition/read-schedule.ts'
import { asRead, type Definition, type NewDefinition, type Schedule } from '../definition/schedule.ts'
import { Conflict } from './conflict.tsx'
import { ScheduleForm } from './schedule-form.tsx'

/** Changes a schedule. */
export function ChangeSchedule({ name }: { name: string }) {
  const found = useRead(signal => readSchedule(name, signal), [name])
  return (
    <section aria-label={`Change ${name}`}>
      <OpenedHeading>{`Change ${name}`}</OpenedHeading>
      <Shown read={found} what="this schedule">
        {schedule => <Change first={schedule} />}
      </Shown>
    </section>
  )
}

/** @param first the schedule as it was when the form was opened: what is read later does not change what is typed */
function Change({ first }: { first: Schedule }) {
  const [base, setBase] = useState(first)
  const [theirs, setTheirs] = useState<Schedule>()
  const [mine, setMine] = useState<NewDefinition>()
  const command = useCommand()
  const { name, definition } = base
  if (definition === undefined) return <p>The end of a day follows the setting TIME_ZONES.</p>
  const save = async (body: NewDefinition, over = base) => {
    const send = () => schedulerApi.PUT('/schedules/{name}', { params: asRead(over), body })
    const { data, error } = await command.run(send, `${name} was changed.`)
    if (data !== undefined) go(schedulePath(name))
    else if (codeOf(error as Problem) === 'DAYBOOK_SCHEDULE_CHANGED') {
      setMine(body)
      setTheirs((await readSchedule(name)).data)
    }
  }
  return (
    <>
      {theirs?.definition && mine && (
        <Conflict
          theirs={theirs.definition}
          mine={mine as Definition}
          keepTheirs={() => {
            setBase(theirs)
            setTheirs(undefined)
          }}
          keepMine={() => save(mine, theirs)}
        />
      )}
      <ScheduleForm
        key={base.version}
        name={name}
        stored={definition}
        isChange
        command={command}
        save={body => save(body)}
      />
    </>
  )
}
