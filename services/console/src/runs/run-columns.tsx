import { href } from '../address/address.ts'
import { runPath } from '../address/page-paths.ts'
import type { Column } from '../elements/data-table.tsx'
import { Mark } from '../elements/mark.tsx'
import { shortDay } from '../time/days.ts'
import { durationText } from '../time/duration-text.ts'
import { progressWords, type Run, wordsOf } from './run.ts'

/** @param stalledFor for how many milliseconds a run has made no progress, if that is long */
export const columnsOf = (stalledFor: (run: Run) => number | undefined): readonly Column<Run>[] => [
  {
    title: 'Day',
    isWhole: true,
    cell: run => (
      <a href={href(runPath(run))}>
        {shortDay(run.day)} {run.day.slice(0, 4)}
      </a>
    ),
  },
  { title: 'Zone', isWhole: true, cell: ({ timeZone }) => timeZone },
  { title: 'State', cell: run => <RunState run={run} stalledMs={stalledFor(run)} /> },
  { title: 'Users', cell: run => <Users run={run} /> },
  { title: 'Failures', cell: run => <Failures run={run} /> },
]

/** The state of a run, and whether it makes progress. */
export function RunState({ run, stalledMs }: { run: Run; stalledMs: number | undefined }) {
  const { tone, word } = wordsOf(run)
  return (
    <>
      <Mark tone={tone}>{word}</Mark>{' '}
      {stalledMs !== undefined && <Mark tone="warning">no progress for {durationText(stalledMs)}</Mark>}
    </>
  )
}

const Users = ({ run }: { run: Run }) => (
  <>
    <RunProgress run={run} />{' '}
    {run.amended > 0 && <span class="help amended">{run.amended.toLocaleString('en')} amended</span>}
  </>
)

/** How many of the logs of a run are done. */
export function RunProgress({ run }: { run: Run }) {
  const { state, jobs, written, failed, waitsFor } = run
  if (jobs === null)
    return <span class="help">{waitsFor === 'writers' ? 'being counted' : `waits for ${waitsFor}`}</span>
  if (jobs === 0) return <span class="help">nobody completed anything</span>
  const words = progressWords(run)
  if (state === 'done') return <>{words}</>
  return (
    <>
      <progress
        max={jobs}
        value={written + failed}
        aria-label={`Logs of ${run.day} in ${run.timeZone}`}
        aria-valuetext={words}
      />{' '}
      <span class="help">{words}</span>
    </>
  )
}

function Failures({ run }: { run: Run }) {
  const { failed, firstError } = run
  if (failed === 0) return null
  return (
    <>
      <a href={href(`${runPath(run)}?state=failed`)}>
        <Mark tone="bad">{failed.toLocaleString('en')} failed</Mark>
      </a>{' '}
      <span class="reason">{firstError?.split('\n')[0]}</span>
    </>
  )
}
