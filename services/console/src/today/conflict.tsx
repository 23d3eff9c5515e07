import { useAnnounced } from '../elements/announcer.tsx'
import { decide } from '../tasks/carry-out.ts'
import type { Row } from '../tasks/task.ts'
import { mineInWords, theirsInWords } from './command-words.ts'

/** Shows what the person did and what somebody else did meanwhile, and lets the person choose. */
export function Conflict({ row, onDecided }: { row: Row; onDecided: () => void }) {
  const { conflict } = row
  const words = `Conflict about ${row.task.name}: it was changed elsewhere. Choose which version is to stay.`
  useAnnounced(conflict && words)
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
        <dd dir="auto">{mineInWords(mine)}</dd>
        <dt>Theirs</dt>
        <dd dir="auto">{theirs === undefined ? 'The task is deleted.' : theirsInWords(theirs, mine)}</dd>
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
