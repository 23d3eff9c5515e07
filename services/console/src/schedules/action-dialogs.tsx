import { href } from '../address/address.ts'
import { jobPath } from '../address/page-paths.ts'
import { ConfirmDialog } from '../elements/confirm-dialog.tsx'
import { Fault } from '../elements/states.tsx'
import { now } from '../time/clock.ts'
import { durationText } from '../time/duration-text.ts'
import type { Actions, Asked } from './use-actions.ts'

/** Asks before a command, and says what became of the last one. */
export function ActionDialogs({ actions: { command, asked, ask, confirm, done } }: { actions: Actions }) {
  return (
    <>
      {done && (
        <p class="done">
          ✓ {done.words} {done.job && <a href={href(jobPath(done.job))}>Show its job</a>}
        </p>
      )}
      <Fault problem={command.problem} />
      {asked && <Ask asked={asked} onConfirm={() => confirm(asked)} onClose={() => ask(undefined)} />}
    </>
  )
}

interface AskProps {
  asked: Asked
  onConfirm: () => void
  onClose: () => void
}

function Ask({ asked: { action, schedule }, ...on }: AskProps) {
  const { name, nextFireAt, definition } = schedule
  if (action === 'delete')
    return (
      <ConfirmDialog title={`Delete ${name}?`} action={`Delete ${name}`} {...on}>
        <p>It does not fire any more. Who changed it and when stays readable for a while.</p>
      </ConfirmDialog>
    )
  return (
    <ConfirmDialog title={`Fire ${name} now?`} action="Fire now" {...on}>
      <p>
        It fires once, in addition to its slots
        {definition?.job && `, and adds a job of the kind ${definition.job.kind}`}.{' '}
        {nextFireAt === null
          ? 'It has no planned firing.'
          : `Its next firing stays as it is, in ${durationText(Date.parse(nextFireAt) - now.value)}.`}
      </p>
    </ConfirmDialog>
  )
}
