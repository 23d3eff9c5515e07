import { useState } from 'preact/hooks'
import { OpenedHeading } from '../address/opened-heading.tsx'
import type { Problem } from '../api/problem.ts'
import { reportingApi } from '../api/services.ts'
import { Shown } from '../elements/states.tsx'
import { useRead } from '../elements/use-read.ts'
import { longDay } from '../time/days.ts'
import { Time } from '../time/time.tsx'
import { compareLog, entriesOf } from './compare-log.ts'
import { downloadLog, type Format, formats, readLog } from './download.ts'
import { Icon } from './icon.tsx'
import { type Day, hasFile, logStates, sentenceOf } from './log-state.ts'
import { LogTable } from './log-table.tsx'
import { whyAmended } from './why-amended.ts'

/** A day as it stands: its log as it was written, and as it will be. */
interface DayRead {
  day: Day
  written: string | undefined
}

async function readDay(day: string, signal: AbortSignal): Promise<{ data?: DayRead; error?: Problem }> {
  const { data, error } = await reportingApi.GET('/days/{day}', { params: { path: { day } }, signal })
  if (data === undefined) return { error: error as Problem }
  if (!hasFile(data.log)) return { data: { day: data, written: undefined } }
  const log = await readLog(day, 'text', signal)
  return log.data === undefined ? { error: log.error as Problem } : { data: { day: data, written: log.data } }
}

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

function Found({ day: { day, completions, log }, written }: DayRead) {
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
          The log will be written again: {changes === 1 ? '1 line differs' : `${changes} lines differ`} from
          what counts now.
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
        <p>No task was completed on this day.</p>
      )}
      {compared.length > 0 && <Downloads day={day} isWritten={written !== undefined} />}
      {written !== undefined && (
        <details>
          <summary>The file as it was written</summary>
          <pre>{written}</pre>
          <p class="help">
            SHA-256 <code>{log.sha256}</code>
          </p>
        </details>
      )}
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

function Downloads({ day, isWritten }: { day: string; isWritten: boolean }) {
  const [problem, setProblem] = useState<Problem>()
  const download = async (format: Format) => setProblem(await downloadLog(day, format))
  const offered = formats.filter(format => format !== 'text' || isWritten)
  return (
    <p class="downloads">
      Download:{' '}
      {offered.map(format => (
        <button key={format} type="button" onClick={() => download(format)}>
          {format === 'text' ? 'file' : format.toUpperCase()}
        </button>
      ))}
      {problem && (
        <span class="fault" role="alert">
          {problem.detail}
        </span>
      )}
    </p>
  )
}
