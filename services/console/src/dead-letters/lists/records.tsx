import { query } from '../../address/address.ts'
import type { Bulk } from '../../bulk/use-bulk.ts'
import { CommandButton } from '../../elements/command-button.tsx'
import { Shown } from '../../elements/states.tsx'
import { useRead } from '../../elements/use-read.ts'
import { timeText } from '../../time/local-time.ts'
import { shownZone } from '../../time/zone.ts'
import { inWords } from '../letters/conditions.ts'
import type { LetterFilter, LetterGroup, Service } from '../letters/letter.ts'
import { readLetters } from '../letters/requests.ts'
import { deletePlan, replayPlan } from '../many/plans.ts'
import { LetterFilters } from './letter-filters.tsx'
import { LettersTable } from './letters-table.tsx'

interface Props {
  service: Service
  filter: LetterFilter
  /** What the service has, for the choices of conditions. */
  groups: readonly LetterGroup[]
  version: unknown
  bulk: Bulk
  onService: (service: string) => void
}

/** The letters of a service that meet the conditions in the address, last parked first. */
export function Records({ service, filter, groups, version, bulk, onService }: Props) {
  const cursor = query.value.get('cursor') ?? undefined
  const what = [service, filter, cursor]
  const isOver = bulk.phase?.is === 'over'
  const read = useRead(signal => readLetters(service, filter, cursor, signal), what, `${version} ${isOver}`)
  const isFiltered = Object.keys(filter).length > 0
  return (
    <section aria-label={`Records of ${service}`}>
      <h2>Records of {service}</h2>
      <LetterFilters {...{ service, groups, isFiltered, onService }} />
      {isFiltered && <ManyCommands {...{ service, filter, bulk }} />}
      <Shown read={read} what={`the dead letters of ${service}`}>
        {page => <LettersTable {...{ service, page, bulk, isFiltered }} of={JSON.stringify(what)} />}
      </Shown>
    </section>
  )
}

function ManyCommands({ service, filter, bulk }: Pick<Props, 'service' | 'filter' | 'bulk'>) {
  const words = () => inWords(service, filter, at => timeText(Date.parse(at), shownZone.value))
  return (
    <p class="commands">
      <CommandButton isBusy={bulk.isBusy} onClick={() => bulk.ask(replayPlan(service, filter, words()))}>
        Replay all that match …
      </CommandButton>
      <CommandButton
        class="plain"
        isBusy={bulk.isBusy}
        onClick={() => bulk.ask(deletePlan(service, filter, words()))}
      >
        Delete all that match …
      </CommandButton>
    </p>
  )
}
