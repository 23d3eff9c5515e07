import { useEffect, useState } from 'preact/hooks'
import { OpenedHeading } from '../address/opened-heading.tsx'
import { codeOf } from '../api/problem.ts'
import { CommandButton } from '../elements/command-button.tsx'
import { Facts } from '../elements/facts.tsx'
import { Shown } from '../elements/states.tsx'
import { useRead } from '../elements/use-read.ts'
import { useKeys } from '../keys/keys.ts'
import { useEvents } from '../live/use-events.ts'
import { useEvery } from '../live/use-every.ts'
import { longDay } from '../time/days.ts'
import { durationText } from '../time/duration-text.ts'
import { Time } from '../time/time.tsx'
import { RunAgain } from './again/run-again.tsx'
import { type Again, useRunAgain } from './again/use-run-again.ts'
import { Attempts } from './attempts.tsx'
import { NoRun, noRunCodes } from './no-run.tsx'
import { readRun } from './read-runs.ts'
import { concernsRun, type Run, wordsOf } from './run.ts'
import { RunProgress, RunState } from './run-columns.tsx'
import { RunLogs } from './run-logs.tsx'
import { useProgress } from './use-progress.ts'
import { scheduleOfZone } from './world/links.ts'

const EVENTS = new Set(['EndOfDay', 'DayReported', 'DayAmended'])
const [WHILE_BUSY_MS, AT_REST_MS] = [1000, 15_000]

/** A run: how far it is, its logs by user, and what was tried again. */
export function RunDetail({ day, timeZone }: { day: string; timeZone: string }) {
  const [isBusy, setBusy] = useState(false)
  const version = `${useEvents(EVENTS, concernsRun(day, timeZone))} ${useEvery(AT_REST_MS)}`
  const ticks = useEvery(isBusy ? WHILE_BUSY_MS : undefined)
  const id = `${day}@${timeZone}`
  const read = useRead(signal => readRun(id, signal), [id], `${version} ${ticks}`)
  useEffect(() => setBusy(read.data !== undefined && read.data.state !== 'done'), [read.data])
  const again = useRunAgain(read.again)
  const code = read.problem && codeOf(read.problem)
  const isMissing = code !== undefined && noRunCodes.has(code)
  useKeys([{ key: 'r', does: 'Run it again (asks)', run: () => again.ask({ day, timeZone }) }])
  return (
    <section aria-label={`Run of ${day} in ${timeZone}`}>
      <OpenedHeading>{`${longDay(day)} in ${timeZone}`}</OpenedHeading>
      <RunAgain again={again} />
      {isMissing ? (
        <NoRun code={code} detail={read.problem?.detail} runNow={() => again.ask({ day, timeZone })} />
      ) : (
        <Shown read={read} what="this run">
          {run => <Found run={run} again={again} version={version} />}
        </Shown>
      )}
      <Attempts day={day} timeZone={timeZone} version={`${version} ${again.ordered?.id}`} />
    </section>
  )
}

interface FoundProps {
  run: Run
  again: Again
  version: string
}

function Found({ run, again, version }: FoundProps) {
  const stalledFor = useProgress([run])
  const { day, timeZone, failed, written, amended, completions, createdAt, writingAt, doneAt } = run
  const isWriting = run.state === 'writing' && run.jobs !== null
  return (
    <>
      <p>
        <RunState run={run} stalledMs={stalledFor(run)} /> {wordsOf(run).sentence}
      </p>
      {isWriting && (
        <p>
          <RunProgress run={run} />
        </p>
      )}
      <Commands run={run} again={again} />
      <Facts
        of={[
          ['Users', run.jobs?.toLocaleString('en')],
          ['Completions', completions?.toLocaleString('en')],
          ['Logs written', written.toLocaleString('en')],
          ['Failed', failed.toLocaleString('en')],
          ['Amended since', amended.toLocaleString('en')],
          ['End of the day received', <Time key="created" at={createdAt} />],
          ['Writing since', writingAt && <Time key="writing" at={writingAt} />],
          ['Reported', doneAt && <Time key="done" at={doneAt} />],
          ['Took', doneAt && durationText(Date.parse(doneAt) - Date.parse(createdAt))],
          [
            'Ended by',
            <a key="schedule" href={scheduleOfZone(timeZone)}>
              the schedule of the zone
            </a>,
          ],
        ]}
      />
      {run.manifestSha256 && (
        <p class="help">
          SHA-256 of the manifest: <code>{run.manifestSha256}</code>
        </p>
      )}
      <RunLogs
        id={run.id}
        version={`${version} ${again.ordered?.id}`}
        writeAgain={user => again.ask({ day, timeZone, user })}
      />
    </>
  )
}

function Commands({ run: { day, timeZone, failed }, again }: Pick<FoundProps, 'run' | 'again'>) {
  const { isRunning } = again.command
  return (
    <p class="commands">
      <CommandButton isBusy={isRunning} onClick={() => again.ask({ day, timeZone })}>
        Run again for all
      </CommandButton>
      {failed > 0 && (
        <CommandButton isBusy={isRunning} onClick={() => again.ask({ day, timeZone, failed: true })}>
          Run again for the {failed.toLocaleString('en')} failed
        </CommandButton>
      )}
    </p>
  )
}
