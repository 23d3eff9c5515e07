import { compareDefinitions } from '../definition/compare-definitions.ts'
import { Differences } from '../definition/differences.tsx'
import type { Definition } from '../definition/schedule.ts'

interface Props {
  theirs: Definition
  mine: Definition
  keepTheirs: () => void
  keepMine: () => void
}

/** Shows in what the definition that somebody else has saved meanwhile differs, and lets the operator choose. */
export const Conflict = ({ theirs, mine, keepTheirs, keepMine }: Props) => (
  <section class="conflict" aria-label="Conflict">
    <p role="alert">
      <strong>Somebody else has changed this schedule meanwhile.</strong> Nothing was saved. From theirs to
      yours:
    </p>
    <Differences of={compareDefinitions(theirs, mine)} />
    <p class="buttons">
      <button type="button" onClick={keepTheirs}>
        Begin again with theirs
      </button>
      <button type="button" class="main" onClick={keepMine}>
        Save mine over theirs
      </button>
    </p>
  </section>
)
