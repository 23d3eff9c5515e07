import { session } from '../session/session.ts'
import { applyEvent, type TaskEvent } from './apply-event.ts'
import { editDrafts } from './edit-drafts.ts'
import { readTask } from './requests.ts'
import { noteTask, rowOfTask, rows, setRow, updateRow } from './rows.ts'

/** Takes over an event of the live stream. Events of other people, which an operator's stream has, are left out. */
export async function noteEvent(event: TaskEvent): Promise<void> {
  const { taskId, userId, sequence } = event.data
  if (userId !== session.peek()?.user) return
  const row = rowOfTask(taskId)
  if (row === undefined && event.type === 'TaskCreated' && isBeingCreated(event.data.name)) return
  const outcome = applyEvent(row?.task, event)
  if (outcome === 'old') return
  if (outcome === 'read') return readAgain(taskId)
  if ('task' in outcome) noteTask(outcome.task)
  else if (row) {
    updateRow(row.key, {
      task: { ...row.task, version: sequence },
      isDeleted: true,
      isOwn: row.pending.length > 0,
    })
  }
}

/** The answer to a creation of this tab brings the task. */
const isBeingCreated = (name: string | undefined) =>
  rows
    .peek()
    .values()
    .some(({ pending: [first] }) => first?.type === 'create' && first.details.name === name)

async function readAgain(id: string): Promise<void> {
  const read = await readTask(id)
  // Without an answer the whole list is read again, when the service is back.
  if ('problem' in read) return
  const row = rowOfTask(id)
  if (read.task !== undefined) noteTask(read.task)
  else if (row && row.pending.length === 0 && !editDrafts.peek().has(row.key)) setRow(row.key, undefined)
}
