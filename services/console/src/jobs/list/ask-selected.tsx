import { numberOf } from '../../bulk/plan.ts'
import { ConfirmDialog } from '../../elements/confirm-dialog.tsx'
import { type Action, actionNames } from '../job/job.ts'

interface Props {
  action: Action
  ids: readonly string[]
  onConfirm: () => void
  onClose: () => void
}

const SHOWN = 5

/** Asks before a command for several selected jobs: how many, and which. */
export function AskSelected({ action, ids, onConfirm, onClose }: Props) {
  const words = `${actionNames[action]} ${numberOf(ids.length, 'job')}`
  return (
    <ConfirmDialog title={`${words}?`} action={words} onConfirm={onConfirm} onClose={onClose}>
      <p>The jobs that are selected:</p>
      <ul>
        {ids.slice(0, SHOWN).map(id => (
          <li key={id}>{id}</li>
        ))}
        {ids.length > SHOWN && <li>and {ids.length - SHOWN} more</li>}
      </ul>
    </ConfirmDialog>
  )
}
