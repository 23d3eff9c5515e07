import { decide } from '../tasks/carry-out.ts'
import type { Command, Details, Row, Task } from '../tasks/task.ts'

/** Shows what the person did and what somebody else did meanwhile, and lets the person choose. */
export function Conflict({ row, onDecided }: { row: Row; onDecided: () => void }) {
  const { conflict } = row
  if (conflict === undefined) return null
  const keep = (which: 'mine' | 'theirs') => {
    onDecided()
    decide(row, which)
  }
  const { mine, theirs } = conflict
  return (
    <section class="conflict" aria-label={`Conflict about ${row.task.name}`}>
      <p>
        <strong>This task was changed elsewhere.</strong> Which version is to stay?
      </p>
      <dl>
        <dt>Mine</dt>
        <dd>{mineInWords(mine)}</dd>
        <dt>Theirs</dt>
        <dd>{theirs === undefined ? 'The task is deleted.' : detailsInWords(theirs)}</dd>
      </dl>
      <p class="buttons">
        <button type="button" onClick={() => keep('theirs')}>
          Keep theirs
        </button>
        <button type="button" class="main" onClick={() => keep('mine')}>
          Keep mine
        </button>
      </p>
    </section>
  )
}

/** A command in words, as the person gave it. */
export function mineInWords(command: Command): string {
  if (command.type === 'create') return detailsInWords(command.details)
  return command.type === 'edit' ? detailsInWords(command.changes) : `${command.type} it`
}

function detailsInWords({
  name,
  dueOn,
  tags,
  notes,
}: Partial<Details> & Partial<Pick<Task, 'status'>>): string {
  const parts = [
    name,
    dueOn === undefined ? undefined : dueOn === null ? 'no due date' : `due ${dueOn}`,
    tags?.map(tag => `#${tag}`).join(' '),
    notes ?? undefined,
  ]
  return parts.filter(Boolean).join(' · ')
}
