import { OpenedHeading } from '../address/opened-heading.tsx'
import { Shown } from '../elements/states.tsx'
import { useRead } from '../elements/use-read.ts'
import { longDay } from '../time/days.ts'
import { Time } from '../time/time.tsx'
import { compareLog, entriesOf } from './compare-log.ts'
import { Icon } from './icon.tsx'
import { type Day, logStates, sentenceOf } from './log-state.ts'
import { LogTable } from './log-table.tsx'
import { type DayRead, readDay } from './read-day.ts'
import { TakenBack } from './taken-back.tsx'
import { whyAmended } from './why-amended.ts'
import { Downloads, WrittenFile } from './written-file.tsx'

/** @param version changes when the day may have changed */
export function DayDetail({ day, version }: { day: string; version: number }) {
  const read = useRead(signal => readDay(day, signal), [day], version)
  return (
    <section class="day" aria-label={longDay(day)}>
      <OpenedHeading>{longDay(day)}</OpenedHeading>
      <Shown read={read} what="this day">
        {data => <Found {...data} />}
      </Shown>
    </section>
  )
}

function Found({ day: { day, completions, takenBack = [], log }, written }: DayRead) {
  const { word } = logStates[log.state]
  const compared = compareLog(written === undefined ? [] : entriesOf(written), completions)
  const changes = compared.filter(({ difference }) => difference !== 'same').length
  return (
    <>
      <p>
        <span class={`badge state-${log.state}`}>
          <Icon name={log.state} /> {word}
        </span>{' '}
        {sentenceOf(log)} {log.error}
        {log.retrying && ` Attempt ${log.retrying.attempts} of 8 has failed: ${log.retrying.error}`}
      </p>
      {log.writtenAt && (
        <p class="help">
          Revision {log.revision}, written <Time at={log.writtenAt} />
        </p>
      )}
      {log.amendments.length > 1 && <Amendments of={log.amendments} />}
      {written !== undefined && changes > 0 && (
        <p class="stale">
          {log.state !== 'failed' && 'The log will be written again: '}
          {changes === 1 ? '1 line differs' : `${changes} lines differ`} from what counts now.
        </p>
      )}
      {compared.length > 0 ? (
        <LogTable
          day={day}
          caption={written === undefined ? 'The log as it will be' : 'The log'}
          compared={compared}
          isWritten={written !== undefined}
        />
      ) : (
        <p>{written === undefined ? 'No task was completed on this day.' : 'The log has no lines.'}</p>
      )}
      {takenBack.length > 0 && <TakenBack of={takenBack} />}
      {(compared.length > 0 || written !== undefined) && (
        <Downloads day={day} isWritten={written !== undefined} />
      )}
      {written !== undefined && <WrittenFile text={written} sha256={log.sha256} />}
    </>
  )
}

const Amendments = ({ of }: { of: Day['log']['amendments'] }) => (
  <details>
    <summary>All amendments that are stored</summary>
    <ol>
      {of.map(amendment => (
        <li key={amendment.revision} value={amendment.revision}>
          <Time at={amendment.writtenAt} />: {whyAmended(amendment)}
        </li>
      ))}
    </ol>
  </details>
)
