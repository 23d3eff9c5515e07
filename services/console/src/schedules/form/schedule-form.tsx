import { useId, useState } from 'preact/hooks'
import { href } from '../../address/address.ts'
import { schedulePath } from '../../address/page-paths.ts'
import type { Problem } from '../../api/problem.ts'
import { CommandButton } from '../../elements/command-button.tsx'
import type { Command } from '../../elements/use-command.ts'
import { ZoneList } from '../../zones/zone-list.tsx'
import type { Definition, NewDefinition } from '../definition/schedule.ts'
import { isAbout } from './field.tsx'
import { definitionOf, type Fault, type Values, valuesOf } from './form-values.ts'
import { PreviewOf } from './preview.tsx'
import { JobFields, MoreFields, WhenFields } from './schedule-fields.tsx'
import { usePreview } from './use-preview.ts'

interface Props {
  name: string
  /** The definition that is changed; of a new schedule, what is filled in. */
  stored: Partial<Definition>
  isChange: boolean
  command: Command
  save: (definition: NewDefinition) => void
}

/** A form for the definition of a schedule, beside the preview of its next firings. */
export function ScheduleForm({ name, stored, isChange, command, save }: Props) {
  const [values, setValues] = useState<Values>(() => valuesOf(stored))
  const zones = useId()
  const made = definitionOf(values, stored)
  const definition = 'definition' in made ? made.definition : undefined
  const state = usePreview(name, definition)
  const faults = [
    ...('faults' in made ? made.faults : []),
    ...faultsOf(state.problem),
    ...faultsOf(command.problem),
  ]
  const form = {
    values,
    set: (changes: Partial<Values>) => setValues(before => ({ ...before, ...changes })),
    faults: unique(faults),
  }
  const submit = (event: Event) => {
    event.preventDefault()
    if (definition !== undefined) save(definition)
  }
  return (
    <div class="beside">
      <form class="schedule-form" onSubmit={submit}>
        <ZoneList id={zones} />
        <WhenFields form={form} zones={zones} />
        <JobFields form={form} />
        <MoreFields form={form} />
        <Others faults={form.faults} />
        <p class="buttons">
          <a class="button" href={href(isChange ? schedulePath(name) : '/schedules')}>
            Cancel
          </a>
          <CommandButton
            type="submit"
            class="main"
            isBusy={command.isRunning}
            disabled={definition === undefined}
          >
            {isChange ? 'Save the change' : 'Make the schedule'}
          </CommandButton>
        </p>
      </form>
      <PreviewOf state={state} isChange={isChange} />
    </div>
  )
}

/** The errors of a problem; a problem without them is a fault of the whole. */
function faultsOf(problem: Problem | undefined): Fault[] {
  if (problem === undefined) return []
  return problem.errors ?? [{ pointer: '', detail: problem.detail ?? problem.title }]
}

const unique = (faults: readonly Fault[]): Fault[] => [
  ...new Map(faults.map(fault => [`${fault.pointer} ${fault.detail}`, fault])).values(),
]

const FIELDS = [
  ...['cron', 'every', 'at', 'timeZone', 'start', 'end', 'exclude', 'jitter', 'catchUpWindow', 'data'],
  ...['job/kind', 'job/data', 'job/key', 'job/priority'],
].map(field => `/${field}`)

/** The faults that no field shows. */
function Others({ faults }: { faults: readonly Fault[] }) {
  const others = faults.filter(({ pointer }) => !FIELDS.some(field => isAbout(pointer, field)))
  return (
    <div role="alert">
      {others.map(({ pointer, detail }) => (
        <p key={`${pointer} ${detail}`} class="fault">
          {pointer} {detail}
        </p>
      ))}
    </div>
  )
}
