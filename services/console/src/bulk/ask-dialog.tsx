import { useState } from 'preact/hooks'
import { ConfirmDialog } from '../elements/confirm-dialog.tsx'
import { Time } from '../time/time.tsx'
import { type Counted, countWords, numberOf, type Plan } from './plan.ts'

// A number that is typed is a number that was read.
const TYPED_ABOVE = 100

interface Props {
  plan: Plan
  counted: Counted
  onConfirm: (most: number) => void
  onClose: () => void
}

/** Asks before a command for all that match: what, which, how many, and as of when. */
export function AskDialog({ plan, counted, onConfirm, onClose }: Props) {
  const { verb, words, thing, later, warning, canBeFewer } = plan
  const { matching, more, countedAt } = counted
  const [most, setMost] = useState(matching)
  const count = canBeFewer ? Math.min(most, matching) : matching
  const things = canBeFewer ? numberOf(count, thing) : countWords(counted, thing)
  return (
    <ConfirmDialog
      title={`${verb} ${things}?`}
      action={`${verb} ${things}`}
      {...(count > TYPED_ABOVE && { typed: String(count) })}
      onConfirm={() => onConfirm(count)}
      onClose={onClose}
    >
      <p>
        {verb} {words}.
      </p>
      <p>
        {more && 'At least '}
        {numberOf(matching, thing)} matched at <Time at={countedAt} />. {later}
      </p>
      {warning !== undefined && <p class="fault">{warning}</p>}
      {canBeFewer && matching > 1 && (
        <p>
          <label>
            At most{' '}
            <input
              type="number"
              min={1}
              max={matching}
              value={most}
              onInput={event => setMost(Math.max(1, Math.floor(event.currentTarget.valueAsNumber || 1)))}
            />
          </label>
        </p>
      )}
    </ConfirmDialog>
  )
}
