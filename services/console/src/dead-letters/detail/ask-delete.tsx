import type { Bulk } from '../../bulk/use-bulk.ts'
import { ConfirmDialog } from '../../elements/confirm-dialog.tsx'
import type { Service } from '../letters/letter.ts'
import { deleteCommand } from '../many/plans.ts'

interface Props {
  service: Service
  id: string
  bulk: Bulk
  onDeleted?: () => void
  onClose: () => void
}

/** Asks before a letter is deleted. */
export const AskDelete = ({ service, id, bulk, onDeleted, onClose }: Props) => (
  <ConfirmDialog
    title="Delete this dead letter?"
    action="Delete it"
    onConfirm={async () => {
      const { done } = await bulk.run(deleteCommand(service, id))
      if (done > 0) onDeleted?.()
    }}
    onClose={onClose}
  >
    <p>{id}</p>
    <p class="fault">Its message will never be handled. This cannot be undone.</p>
  </ConfirmDialog>
)
