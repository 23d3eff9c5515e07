import { useState } from 'preact/hooks'
import { setQuery } from '../../address/address.ts'
import { numberOf } from '../../bulk/plan.ts'
import type { Bulk } from '../../bulk/use-bulk.ts'
import { LiveTable } from '../../elements/live-table.tsx'
import { Empty } from '../../elements/states.tsx'
import { AskDelete } from '../detail/ask-delete.tsx'
import { noConditions } from '../letters/conditions.ts'
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
  const { deadLetters, nextCursor } = page
  const [asked, ask] = useState<string>()
  const replay = (id: string) => bulk.run(replayCommand(service, id))
  if (deadLetters.length === 0 && nextCursor === null) return <NoRecords isFiltered={isFiltered} />
  return (
    <>
      <LiveTable
        of={of}
        summary={summaryOf(page)}
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

function summaryOf({ deadLetters: { length }, total }: LetterPage): string {
  // A page examines a bounded number of letters.
  if (length === 0)
    return 'None among the letters that were examined for this page. The next page has older ones'
  if (total === undefined) return `${numberOf(length, 'letter')} on this page`
  const { count, more } = total
  return `${count.toLocaleString('en')}${more ? ' or more' : ''} ${count === 1 ? 'letter' : 'letters'}, last parked first`
}

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
