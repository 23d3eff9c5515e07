import type { Bulk } from '../../bulk/use-bulk.ts'
import { CommandButton } from '../../elements/command-button.tsx'
import { timeText } from '../../time/local-time.ts'
import { shownZone } from '../../time/zone.ts'
import { planFor } from '../bulk/plans.ts'
import { type Action, actionNames, actions, type State, statesOf } from '../job/job.ts'
import { type Conditions, filterFor, inWords } from './conditions.ts'

interface Props {
  bulk: Bulk
  conditions: Conditions
  state: State | undefined
  selected: ReadonlySet<string>
  /** The selected jobs with which an action can do something. */
  chosen: (action: Action) => string[]
  onAct: (action: Action, ids: string[]) => void
  onClear: () => void
}

/** Commands for the selected jobs, or for all that match: two different choices. */
export function ListCommands({ bulk, conditions, state, selected, chosen, onAct, onClear }: Props) {
  const { isBusy } = bulk
  if (selected.size > 0) {
    return (
      <p class="commands">
        <strong>{selected.size} selected:</strong>
        {actions.map(action => (
          <Selected key={action} action={action} ids={chosen(action)} isBusy={isBusy} onAct={onAct} />
        ))}
        <button type="button" class="plain" onClick={onClear}>
          Select none
        </button>
      </p>
    )
  }
  const possible = actions.flatMap(action => {
    const filter = filterFor(action, conditions, state)
    return filter === undefined ? [] : [{ action, filter }]
  })
  if (possible.length === 0) return null
  const timeOf = (instant: string) => timeText(Date.parse(instant), shownZone.value)
  return (
    <p class="commands">
      {possible.map(({ action, filter }) => (
        <CommandButton
          key={action}
          isBusy={isBusy}
          onClick={() =>
            bulk.ask(planFor(action, filter, inWords(conditions, state ? [state] : statesOf[action], timeOf)))
          }
        >
          {actionNames[action]} all that match …
        </CommandButton>
      ))}
    </p>
  )
}

interface SelectedProps {
  action: Action
  ids: string[]
  isBusy: boolean
  onAct: (action: Action, ids: string[]) => void
}

const Selected = ({ action, ids, isBusy, onAct }: SelectedProps) => (
  <CommandButton isBusy={isBusy} disabled={ids.length === 0} onClick={() => onAct(action, ids)}>
    {actionNames[action]} {ids.length}
  </CommandButton>
)
