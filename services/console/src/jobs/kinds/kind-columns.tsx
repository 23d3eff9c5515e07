import { href } from '../../address/address.ts'
import { CommandButton } from '../../elements/command-button.tsx'
import type { Column } from '../../elements/data-table.tsx'
import { Mark } from '../../elements/mark.tsx'
import { Ago } from '../../time/time.tsx'
import { DEFAULT_ATTEMPTS } from '../job/read-attempts.ts'
import { type Kind, limitText } from './kind-fields.ts'

/** The columns of the list of kinds. @param pause pauses or resumes a kind */
export const columnsOf = (pause: (kind: Kind) => void, isBusy: boolean): readonly Column<Kind>[] => [
  {
    title: 'Kind',
    cell: ({ name }) => (
      <a href={href(`/jobs?${new URLSearchParams({ view: 'kinds', kind: name })}`)}>{name}</a>
    ),
  },
  { title: 'State', cell: kind => <KindState kind={kind} /> },
  { title: 'Lane', cell: ({ definition }) => definition.lane ?? 'default' },
  { title: 'Limits', cell: ({ definition }) => limitText(definition) },
  {
    title: 'Failures allowed',
    isNumber: true,
    cell: ({ definition }) => definition.attempts ?? DEFAULT_ATTEMPTS,
  },
  {
    title: 'Changed',
    cell: ({ changedAt, changedBy }) => (
      <>
        <Ago at={changedAt} />
        <span class="why">by {changedBy}</span>
      </>
    ),
  },
  {
    title: 'Action',
    cell: kind => {
      const action = kind.definition.paused ? 'Resume' : 'Pause'
      return (
        <CommandButton
          class="plain"
          isBusy={isBusy}
          aria-label={`${action} ${kind.name}`}
          onClick={() => pause(kind)}
        >
          {action}
        </CommandButton>
      )
    },
  },
]

function KindState({ kind: { name, failing, definition } }: { kind: Kind }) {
  if (definition.paused) return <Mark tone="warning">paused</Mark>
  if (!failing) return <Mark tone="good">runs</Mark>
  return (
    <>
      <Mark tone="bad">failing</Mark>
      <span class="why">
        its last 20 attempts failed, so one at a time is sent.{' '}
        <a href={href(`/jobs?${new URLSearchParams({ kind: name, state: 'waiting' })}`)}>Read the errors</a>
      </span>
    </>
  )
}
