import { useId, useState } from 'preact/hooks'
import { go, href, query } from '../../address/address.ts'
import { OpenedHeading } from '../../address/opened-heading.tsx'
import { schedulePath } from '../../address/page-paths.ts'
import { codeOf } from '../../api/problem.ts'
import { schedulerApi } from '../../api/services.ts'
import { useCommand } from '../../elements/use-command.ts'
import { ownZone } from '../../time/zone.ts'
import type { NewDefinition } from '../definition/schedule.ts'
import { ScheduleForm } from './schedule-form.tsx'

const NAME = '[A-Za-z0-9][A-Za-z0-9._\\-]{0,99}'
// A preview needs a name, and stores nothing.
const UNNAMED = 'preview-of-a-new-schedule'

/** Makes a schedule. */
export function NewSchedule() {
  const [name, setName] = useState(query.value.get('name') ?? '')
  const [stored] = useState({ timeZone: ownZone.value })
  const command = useCommand()
  const id = useId()
  const isName = new RegExp(`^${NAME}$`).test(name)
  const save = async (body: NewDefinition) => {
    if (!isName) return document.getElementById(id)?.focus()
    const params = { path: { name }, header: { 'if-none-match': '*' } }
    const send = () => schedulerApi.PUT('/schedules/{name}', { params, body })
    const { data } = await command.run(send, `${name} was made.`)
    if (data !== undefined) go(schedulePath(name))
  }
  const isTaken = command.problem && codeOf(command.problem) === 'DAYBOOK_SCHEDULE_CHANGED'
  return (
    <section aria-label="New schedule">
      <OpenedHeading>New schedule</OpenedHeading>
      <div class="field">
        <label for={id}>Name</label>
        <input
          id={id}
          value={name}
          onInput={event => setName(event.currentTarget.value.trim())}
          aria-invalid={name !== '' && !isName}
          aria-describedby={`${id}-help`}
          autocomplete="off"
        />
        <p id={`${id}-help`} class={name !== '' && !isName ? 'fault' : 'help'}>
          Letters, digits, “.”, “_” and “-”, the first a letter or digit.
        </p>
        {isTaken && (
          <p class="fault" role="alert">
            There is a schedule with this name. <a href={href(schedulePath(name))}>Show it</a>
          </p>
        )}
      </div>
      <ScheduleForm
        name={isName ? name : UNNAMED}
        stored={stored}
        isChange={false}
        command={command}
        save={save}
      />
    </section>
  )
}
