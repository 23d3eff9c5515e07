import { href } from '../../address/address.ts'
import { CommandButton } from '../../elements/command-button.tsx'
import type { Column } from '../../elements/data-table.tsx'
import { Mark } from '../../elements/mark.tsx'
import { Ago, Time } from '../../time/time.tsx'
import { letterPath } from '../letters/conditions.ts'
import type { ListedLetter, Service } from '../letters/letter.ts'

interface Options {
  service: Service
  isBusy: boolean
  onReplay: (id: string) => void
  onDelete: (id: string) => void
}

/** The columns of a list of dead letters. */
export const columnsOf = ({
  service,
  isBusy,
  onReplay,
  onDelete,
}: Options): readonly Column<ListedLetter>[] => [
  {
    title: 'Parked',
    cell: ({ id, parkedAt }) => (
      <a href={href(letterPath(service, id))}>
        <Time at={parkedAt} />
      </a>
    ),
  },
  {
    title: 'Record',
    cell: ({ topic, partition, offset, batch, group }) => (
      <>
        {topic} {partition}/{offset}
        {batch && ` to ${batch.lastOffset}`}
        <span class="why">read by {group}</span>
      </>
    ),
  },
  { title: 'Key', cell: ({ key, keyBase64 }) => key ?? (keyBase64 && <code>{keyBase64}</code>) },
  { title: 'Error', cell: ({ error: { message } }) => message },
  {
    title: 'Attempts',
    isNumber: true,
    cell: ({ attempts, lastAttemptAt, replaying }) => (
      <>
        {attempts}
        {replaying && <Mark tone="idle">replaying</Mark>}
        {lastAttemptAt && (
          <span class="why">
            last <Ago at={lastAttemptAt} />
          </span>
        )}
      </>
    ),
  },
  {
    title: 'Action',
    cell: ({ id }) => (
      <span class="actions">
        <CommandButton
          isBusy={isBusy}
          data-does="replay"
          aria-label={`Replay ${id}`}
          onClick={() => onReplay(id)}
        >
          Replay
        </CommandButton>
        <CommandButton
          class="plain"
          isBusy={isBusy}
          data-does="delete"
          aria-label={`Delete ${id}`}
          onClick={() => onDelete(id)}
        >
          Delete …
        </CommandButton>
      </span>
    ),
  },
]
