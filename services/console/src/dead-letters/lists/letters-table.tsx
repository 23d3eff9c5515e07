import { useState } from 'preact/hooks'
import { setQuery } from '../../address/address.ts'
import type { Bulk } from '../../bulk/use-bulk.ts'
import { focusedKey, useRowKeys } from '../../elements/lists/row-keys.ts'
import { LiveTable } from '../../elements/live-table.tsx'
import { Empty } from '../../elements/states.tsx'
import { useKeys } from '../../keys/keys.ts'
import { AskDelete } from '../detail/ask-delete.tsx'
import type { LetterPage, Service } from '../letters/letter.ts'
import { replayCommand } from '../many/plans.ts'
import { columnsOf } from './record-columns.tsx'

interface Props {
  service: Service
  page: LetterPage
  bulk: Bulk
  isFiltered: boolean
  of: string
}

/** A page of letters, with the commands for each. */
export function LettersTable({ service, page, bulk, isFiltered, of }: Props) {
  const { deadLetters, nextCursor, total } = page
  const [asked, ask] = useState<string>()
  const replay = (id: string | undefined) => {
    if (id !== undefined && isLetter(id) && !bulk.isBusy) bulk.run(replayCommand(service, id))
  }
  const remove = (id: string | undefined) => {
    if (id !== undefined && isLetter(id)) ask(id)
  }
  // The groups above are rows too.
  const isLetter = (id: string) => deadLetters.some(letter => letter.id === id)
  useRowKeys()
  useKeys([
    { key: 'r', does: 'Replay the letter', run: () => replay(focusedKey()) },
    { key: 'D', does: 'Delete the letter (asks)', run: () => remove(focusedKey()) },
  ])
  if (deadLetters.length === 0 && nextCursor === null) return <NoRecords isFiltered={isFiltered} />
  return (
    <>
      <LiveTable
        of={of}
        summary={total ? summaryOf(total) : `${deadLetters.length} letters on this page`}
        caption={`Dead letters of ${service}`}
        columns={columnsOf({ service, isBusy: bulk.isBusy, onReplay: replay, onDelete: ask })}
        rows={deadLetters}
        keyOf={({ id }) => id}
        nextCursor={nextCursor}
      />
      {asked !== undefined && (
        <AskDelete service={service} id={asked} bulk={bulk} onClose={() => ask(undefined)} />
      )}
    </>
  )
}

const summaryOf = ({ count, more }: NonNullable<LetterPage['total']>) =>
  `${count.toLocaleString('en')}${more ? ' or more' : ''} ${count === 1 ? 'letter' : 'letters'}, last parked first`

const NoRecords = ({ isFiltered }: { isFiltered: boolean }) => (
  <Empty>
    <p>
      No dead letter of this service{isFiltered && ' meets these conditions'}.{' '}
      {isFiltered && (
        <button type="button" onClick={() => setQuery(noConditions)}>
          Show all of the service
        </button>
      )}
    </p>
  </Empty>
)

/** Changes of the query that remove all conditions but the service. */
const noConditions = {
  topic: undefined,
  group: undefined,
  key: undefined,
  error: undefined,
  from: undefined,
  before: undefined,
  cursor: undefined,
}
