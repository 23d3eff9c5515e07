import { ConfirmDialog } from '../../elements/confirm-dialog.tsx'
import { Fault } from '../../elements/states.tsx'
import type { Again, Rerun, WantedAgain } from './use-run-again.ts'

const count = (number: number, of: string) => `${number.toLocaleString('en')} ${of}${number === 1 ? '' : 's'}`

/** Asks before logs are written again, with how many they are, and says what became of the order. */
export function RunAgain({ again: { command, asked, close, confirm, ordered } }: { again: Again }) {
  return (
    <>
      {command.isRunning && <p class="loading">Asking the reporting service …</p>}
      <Fault problem={command.problem} />
      {ordered && <p class="done">✓ {orderedWords(ordered)}</p>}
      {asked && (
        <ConfirmDialog
          title={titleOf(asked.wanted)}
          action={`Write ${count(asked.planned.written, 'log')} again`}
          onConfirm={confirm}
          onClose={close}
        >
          <Plan planned={asked.planned} />
        </ConfirmDialog>
      )}
    </>
  )
}

const titleOf = ({ day, timeZone, user, failed }: WantedAgain) => {
  const logs = user !== undefined ? `the log of ${user}` : failed ? 'the failed logs' : 'all logs'
  return `Write ${logs} of ${day} in ${timeZone} again?`
}

function Plan({ planned }: { planned: Rerun }) {
  const restored = planned.days.reduce((sum, day) => sum + (day.restored ?? 0), 0)
  const compared = planned.days.reduce((sum, day) => sum + (day.compared ?? 0), 0)
  const isFirst = planned.days.some(({ how }) => how === 'run')
  return (
    <>
      <p>
        {count(compared, 'log')} compared: {count(planned.changed, 'log')} would change,{' '}
        {count(restored, 'file')} would be restored. The others are written with the same bytes, which nobody
        notices.
      </p>
      {compared < planned.written && (
        <p>
          Of the {count(planned.written, 'log')}, only these were compared: more may change. All of them are
          written again.
        </p>
      )}
      {isFirst && <p>The day has no finished run. It gets its run, which is about all users.</p>}
      <p class="help">Each log whose bytes change after the report of the day is announced as amended.</p>
    </>
  )
}

function orderedWords({ state, written, changed, failed }: Rerun): string {
  if (state !== 'done') return 'Ordered. It goes on by itself, and its progress is in the list of attempts.'
  return `Done: ${count(written, 'log')} written, ${count(changed, 'log')} changed, ${failed.toLocaleString('en')} failed.`
}
