import { go, href } from '../address/address.ts'
import { OpenedHeading } from '../address/opened-heading.tsx'
import { schedulePath } from '../address/page-paths.ts'
import { codeOf } from '../api/problem.ts'
import { CommandButton } from '../elements/command-button.tsx'
import { Facts } from '../elements/facts.tsx'
import { Mark } from '../elements/mark.tsx'
import { Empty, Shown } from '../elements/states.tsx'
import { useRead } from '../elements/use-read.ts'
import { useKeys } from '../keys/keys.ts'
import { useEvents } from '../live/use-events.ts'
import { useEvery } from '../live/use-every.ts'
import { now } from '../time/clock.ts'
import { Time } from '../time/time.tsx'
import { ActionDialogs } from './action-dialogs.tsx'
import { Last, Next, Spec, StateMark } from './columns.tsx'
import { readSchedule } from './definition/read-schedule.ts'
import { concernsSchedule, newPath, type Schedule } from './definition/schedule.ts'
import { notFired, sentences, stateOf, whyNotFired } from './definition/schedule-state.ts'
import { Firings, Former } from './firings.tsx'
import { type Actions, useActions } from './use-actions.ts'

const EVENTS = new Set(['ScheduleFired', 'EndOfDay', 'JobFinished'])
const EVERY_MS = 15_000

/** A schedule: what it does, what comes next, and what was. */
export function ScheduleDetail({ name }: { name: string }) {
  const version = `${useEvents(EVENTS, concernsSchedule(name))} ${useEvery(EVERY_MS)}`
  const read = useRead(signal => readSchedule(name, signal), [name], version)
  const actions = useActions(read.again)
  const isMissing = read.problem !== undefined && codeOf(read.problem) === 'DAYBOOK_SCHEDULE_NOT_FOUND'
  return (
    <section aria-label={name}>
      <OpenedHeading>{name}</OpenedHeading>
      <ActionDialogs actions={actions} />
      {isMissing ? (
        <>
          <Empty>
            <p>
              There is no schedule {name}. <a href={href('/schedules')}>Show all</a>, or{' '}
              <a href={href(newPath(name))}>make it</a>.
            </p>
          </Empty>
          <Former name={name} version={version} />
        </>
      ) : (
        <Shown read={read} what="this schedule">
          {schedule => <Found schedule={schedule} actions={actions} version={version} />}
        </Shown>
      )}
    </section>
  )
}

interface FoundProps {
  schedule: Schedule
  actions: Actions
  version: string
}

function Found({ schedule, actions, version }: FoundProps) {
  const { name, kind, definition, timeZone, stats } = schedule
  const state = stateOf(schedule, now.value)
  const missing = notFired(schedule)
  return (
    <>
      <p>
        <StateMark of={schedule} /> {sentences[state]}
      </p>
      {missing > 0 && (
        <p>
          <Mark tone="warning">{missing} did not fire</Mark> {whyNotFired(schedule)}
        </p>
      )}
      {kind === 'user' ? (
        <Buttons schedule={schedule} actions={actions} />
      ) : (
        <p class="help">
          It follows the setting TIME_ZONES and cannot be changed here. What became of its days is shown on{' '}
          <a href={href('/runs')}>Runs</a>.
        </p>
      )}
      <Facts
        of={[
          ['Next', <Next key="next" of={schedule} />],
          ['When', <Spec key="spec" of={schedule} />],
          ['Time zone', timeZone],
          ['Last', <Last key="last" of={schedule} />],
          ['Fired', stats.fired],
          ['Fired late', stats.caughtUp],
          ['From', definition?.start && <Time key="start" at={definition.start} />],
          ['Until', definition?.end && <Time key="end" at={definition.end} />],
          ['Not on', definition?.exclude?.map(datesText).join(', ')],
          ['Spread over', definition?.jitter],
          ['Adds a job', definition?.job?.kind],
          ['While its job runs', definition?.job && overlaps[definition.overlap ?? 'skip']],
          ['Version', schedule.version],
        ]}
      />
      {definition?.data && <Data title="Data of its events" value={definition.data} />}
      {definition?.job && <Data title="Data of its job" value={definition.job.data} />}
      <Firings
        name={name}
        kind={kind}
        isPaused={state === 'paused'}
        version={`${version} ${schedule.version}`}
      />
    </>
  )
}

const overlaps = {
  allow: 'both run',
  skip: 'the new one is skipped',
  queue: 'the new one waits',
  cancel: 'the old one is cancelled',
}

const datesText = (one: string | { from: string; to: string }) =>
  typeof one === 'string' ? one : `${one.from} to ${one.to}`

const Data = ({ title, value }: { title: string; value: unknown }) => (
  <details>
    <summary>{title}</summary>
    <pre class="json">{JSON.stringify(value, null, 2)}</pre>
  </details>
)

function Buttons({ schedule, actions: { command, toggle, ask } }: Pick<FoundProps, 'schedule' | 'actions'>) {
  const verb = schedule.definition?.paused ? 'Resume' : 'Pause'
  const change = `${schedulePath(schedule.name)}/change`
  useKeys([
    { key: 'e', does: 'Change the schedule', run: () => go(change) },
    { key: 'p', does: 'Pause or resume the schedule', run: () => toggle(schedule) },
    { key: 'F', does: 'Fire the schedule now (asks)', run: () => ask({ action: 'fire', schedule }) },
  ])
  return (
    <p class="commands">
      <a class="button" href={href(change)}>
        Change
      </a>
      <CommandButton isBusy={command.isRunning} onClick={() => toggle(schedule)}>
        {verb}
      </CommandButton>
      <CommandButton isBusy={command.isRunning} onClick={() => ask({ action: 'fire', schedule })}>
        Fire now
      </CommandButton>
      <CommandButton isBusy={command.isRunning} onClick={() => ask({ action: 'delete', schedule })}>
        Delete
      </CommandButton>
    </p>
  )
}
