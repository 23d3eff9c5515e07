import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import { focusOn, isFocusSeen, useFocusAfter } from '../elements/lists/focus.ts'
import { AskDialog } from './ask-dialog.tsx'
import { endingOf, isBad } from './outcome.ts'
import { type Bulk, type Phase, useLeftBulk } from './use-bulk.ts'

/** The dialog that asks before a command for many things, and the line that says how far it is and what became of it. */
export function BulkState({ bulk }: { bulk: Bulk }) {
  const { phase, confirm, stop, close } = bulk
  if (phase === undefined) return null
  switch (phase.is) {
    case 'counting':
      return <p class="bulk">Counting {phase.plan.words} …</p>
    case 'refused':
      return (
        <Line isBad role="alert" onClose={close}>
          Cannot count {phase.plan.words}: {phase.problem.detail ?? phase.problem.title}
        </Line>
      )
    case 'asking':
      if (phase.counted.matching === 0 && !phase.counted.more) {
        return (
          <Line role="status" onClose={close}>
            Nothing matches any more: there is nothing to do.
          </Line>
        )
      }
      return <AskDialog plan={phase.plan} counted={phase.counted} onConfirm={confirm} onClose={close} />
    case 'running':
    case 'over':
      return <Progress phase={phase} onStop={stop} onClose={close} />
  }
}

/** The line about a command that goes on although its list was left, on every page. */
export function LeftBulk() {
  const { phase, stop, close } = useLeftBulk()
  if (phase?.is !== 'running' && phase?.is !== 'over') return null
  return <Progress phase={phase} onStop={stop} onClose={close} />
}

interface ProgressProps {
  phase: Extract<Phase, { is: 'running' | 'over' }>
  onStop: () => void
  onClose: () => void
}

function Progress({ phase, onStop, onClose }: ProgressProps) {
  if (phase.is === 'running') return <Running {...phase} onStop={onStop} />
  return (
    <Line onClose={onClose} isBad={isBad(phase.outcome)}>
      <Over {...phase} />
    </Line>
  )
}

interface LineProps {
  isBad?: boolean
  /** What becomes of a command is announced; a line about something else says so itself. */
  role?: 'alert' | 'status'
  children: ComponentChildren
  onClose: () => void
}

function Line({ isBad = false, role, children, onClose }: LineProps) {
  // The button goes away.
  const close = () => {
    if (isFocusSeen()) focusOn(list())
    onClose()
  }
  return (
    <p class={isBad ? 'bulk bad' : 'bulk'} role={role}>
      <span>{children}</span>
      <button type="button" onClick={close}>
        Close
      </button>
    </p>
  )
}

/** The list that the command is about. */
const list = () => document.querySelector<HTMLElement>('main .data')

function Running(props: Extract<Phase, { is: 'running' }> & { onStop: () => void }) {
  const { command, done, isStopping, onStop } = props
  const { verb, words, of = 1 } = command
  const button = useRef<HTMLButtonElement>(null)
  useFocusAfter(button, list)
  return (
    <p class="bulk">
      <span>
        {verb} {words}: {done.toLocaleString('en')} {of > 1 && `of ${of.toLocaleString('en')} `}done …
      </span>
      {of > 1 && (
        <button type="button" ref={button} aria-disabled={isStopping} onClick={onStop}>
          {isStopping ? 'Stopping …' : 'Stop'}
        </button>
      )}
    </p>
  )
}

function Over({ command, outcome, left }: Extract<Phase, { is: 'over' }>) {
  return (
    <>
      <strong>
        {command.verb} {command.words}:
      </strong>{' '}
      {command.outcomeText(outcome)}. {endingOf(outcome)}
      {left !== undefined && left > 0 && (
        <> {left === 1 ? '1 matches now' : `${left.toLocaleString('en')} match now`}.</>
      )}
    </>
  )
}
