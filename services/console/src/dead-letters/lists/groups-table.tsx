import { href } from '../../address/address.ts'
import type { Bulk } from '../../bulk/use-bulk.ts'
import { CommandButton } from '../../elements/command-button.tsx'
import type { Column } from '../../elements/data-table.tsx'
import { LiveTable } from '../../elements/live-table.tsx'
import { timeText } from '../../time/local-time.ts'
import { Ago, Time } from '../../time/time.tsx'
import { shownZone } from '../../time/zone.ts'
import { inWords, lettersPath } from '../letters/conditions.ts'
import type { LetterFilter, LetterGroup, LetterGroups, Service } from '../letters/letter.ts'
import { deletePlan, replayPlan } from '../many/plans.ts'

interface Props {
  service: Service
  groups: LetterGroups
  bulk: Bulk
}

/** The letters of a service by topic and error, the largest group first. */
export function GroupsTable({ service, groups: { groups, more }, bulk }: Props) {
  const total = groups.reduce((sum, { count }) => sum + count, 0)
  return (
    <section aria-label={`Errors of ${service}`}>
      <h2>
        {service} <span class="count">{`${total.toLocaleString('en')}${more ? '+' : ''}`}</span>
      </h2>
      <LiveTable
        of={service}
        summary={more ? 'Groups count the newest 1,000 letters. There are older ones.' : summaryOf(groups)}
        caption={`Errors of ${service}`}
        columns={columnsOf(service, bulk)}
        rows={groups}
        keyOf={({ group, topic, error }) => JSON.stringify([group, topic, error])}
      />
    </section>
  )
}

const summaryOf = ({ length }: readonly LetterGroup[]) =>
  `${length.toLocaleString('en')} ${length === 1 ? 'group' : 'groups'} of similar errors, the largest first`

/** The conditions that find the letters of a group, and no others. */
const filterOfGroup = ({ group, topic, error }: LetterGroup): LetterFilter => ({
  topic,
  group,
  errorGroup: error,
})

function columnsOf(service: Service, bulk: Bulk): readonly Column<LetterGroup>[] {
  const words = (group: LetterGroup) =>
    inWords(service, filterOfGroup(group), at => timeText(Date.parse(at), shownZone.value))
  return [
    {
      title: 'Error',
      cell: group => (
        <>
          <a href={href(lettersPath(service, filterOfGroup(group)))}>{group.error || '(no text)'}</a>
          <span class="why">
            {group.topic}, read by {group.group}
          </span>
          {group.example !== group.error && <span class="why">newest: {group.example}</span>}
        </>
      ),
    },
    { title: 'Letters', isNumber: true, cell: ({ count }) => count.toLocaleString('en') },
    { title: 'Since', cell: ({ firstAt }) => <Time at={firstAt} /> },
    {
      title: 'Last',
      cell: ({ lastAt, lastAttemptAt }) => (
        <>
          <Ago at={lastAt} />
          {lastAttemptAt && (
            <span class="why">
              a replay failed <Ago at={lastAttemptAt} />
            </span>
          )}
        </>
      ),
    },
    {
      title: 'Action',
      cell: group => (
        <span class="actions">
          <CommandButton
            isBusy={bulk.isBusy}
            data-does="replay"
            aria-label={`Replay: ${group.error}`}
            onClick={() => bulk.ask(replayPlan(service, filterOfGroup(group), words(group)))}
          >
            Replay …
          </CommandButton>
          <CommandButton
            class="plain"
            isBusy={bulk.isBusy}
            data-does="delete"
            aria-label={`Delete: ${group.error}`}
            onClick={() => bulk.ask(deletePlan(service, filterOfGroup(group), words(group)))}
          >
            Delete …
          </CommandButton>
        </span>
      ),
    },
  ]
}
