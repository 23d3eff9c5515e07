import { useState } from 'preact/hooks'
import { query, setQuery } from '../../address/address.ts'
import type { Bulk } from '../../bulk/use-bulk.ts'
import { focusedKey, useRowKeys } from '../../elements/lists/row-keys.ts'
import { LiveTable } from '../../elements/live-table.tsx'
import { Empty, Shown } from '../../elements/states.tsx'
import { useRead } from '../../elements/use-read.ts'
import { useKeys } from '../../keys/keys.ts'
import { timeText } from '../../time/local-time.ts'
import { shownZone } from '../../time/zone.ts'
import { AskDelete } from '../detail/ask-delete.tsx'
import { inWords } from '../letters/conditions.ts'
import type { LetterFilter, LetterPage, Service } from '../letters/letter.ts'
import { readLetters } from '../letters/requests.ts'
import { deletePlan, replayCommand, replayPlan } from '../many/plans.ts'
import { LetterFilters } from './letter-filters.tsx'
import { columnsOf } from './record-columns.tsx'

interface Props {
  service: Service
  filter: LetterFilter
  version: unknown
  bulk: Bulk
  onService: (service: string) => void
}

/** The letters of a service that meet the conditions in the address, last parked first. */
export function Records({ service, filter, version, bulk, onService }: Props) {
  const cursor = query.value.get('cursor') ?? undefined
  const what = [service, filter, cursor]
  const isOver = bulk.phase?.is === 'over'
  const read = useRead(signal => readLetters(service, filter, cursor, signal), what, `${version} ${isOver}`)
  const isFiltered = Object.keys(filter).length > 0
  return (
    <section aria-label={`Records of ${service}`}>
      <h2>Records of {service}</h2>
      <LetterFilters service={service} isFiltered={isFiltered} onService={onService} />
      {isFiltered && <ManyCommands {...{ service, filter, bulk }} />}
      <Shown read={read} what={`the dead letters of ${service}`}>
        {page => <Letters {...{ service, page, bulk, isFiltered }} of={JSON.stringify(what)} />}
      </Shown>
    </section>
  )
}

function ManyCommands({ service, filter, bulk }: Pick<Props, 'service' | 'filter' | 'bulk'>) {
  const words = () => inWords(service, filter, at => timeText(Date.parse(at), shownZone.value))
  return (
    <p class="commands">
      <button
        type="button"
        disabled={bulk.isBusy}
        onClick={() => bulk.ask(replayPlan(service, filter, words()))}
      >
        Replay all that match …
      </button>
      <button
        type="button"
        class="plain"
        disabled={bulk.isBusy}
        onClick={() => bulk.ask(deletePlan(service, filter, words()))}
      >
        Delete all that match …
      </button>
    </p>
  )
}

interface LettersProps {
  service: Service
  page: LetterPage
  bulk: Bulk
  isFiltered: boolean
  of: string
}

function Letters({ service, page, bulk, isFiltered, of }: LettersProps) {
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
