import { useRef } from 'preact/hooks'
import { go, query } from '../../address/address.ts'
import { BulkState } from '../../bulk/bulk-state.tsx'
import { useBulk } from '../../bulk/use-bulk.ts'
import { pressInRow, useRowKeys } from '../../elements/lists/row-keys.ts'
import { Empty, Shown } from '../../elements/states.tsx'
import { useRead } from '../../elements/use-read.ts'
import { useKeys } from '../../keys/keys.ts'
import { useEvery } from '../../live/use-every.ts'
import { Time } from '../../time/time.tsx'
import { filterOf, serviceOf } from '../letters/conditions.ts'
import { type Service, services } from '../letters/letter.ts'
import { countOf, noneSince } from '../letters/none.ts'
import { readGroups } from '../letters/requests.ts'
import { GroupsTable } from './groups-table.tsx'
import { Records } from './records.tsx'

const EVERY_MS = 10_000

/** The groups of all services, and the letters of one of them. */
export function LetterLists() {
  const every = useEvery(EVERY_MS)
  const reads = {
    tasks: useGroups('tasks', every),
    reporting: useGroups('reporting', every),
    scheduler: useGroups('scheduler', every),
  }
  const againAll = () => {
    for (const service of services) reads[service].again()
  }
  const bulk = useBulk(againAll)
  useRowKeys()
  useKeys([
    { key: 'r', does: 'Replay the letter, or those of the error (asks)', run: () => pressInRow('replay') },
    { key: 'D', does: 'Delete the letter, or those of the error (asks)', run: () => pressInRow('delete') },
  ])
  const known = services.filter(service => reads[service].data !== undefined)
  const emptySince = noneSince(services.map(service => reads[service]))
  const isEmpty = emptySince !== undefined
  const wanted = serviceOf(query.value)
  const hasLetters = (service: Service) => countOf(reads[service].data) > 0
  // Letters of another service do not take the place of those that are shown.
  const first = useRef<Service>()
  if (first.current === undefined || !hasLetters(first.current)) first.current = known.find(hasLetters)
  const shown = wanted ?? first.current
  return (
    <>
      <BulkState bulk={bulk} />
      {isEmpty ? (
        <NoLetters at={emptySince} />
      ) : (
        services.map(service => (
          <Shown key={service} read={reads[service]} what={`the dead letters of ${service}`}>
            {groups => countOf(groups) > 0 && <GroupsTable service={service} groups={groups} bulk={bulk} />}
          </Shown>
        ))
      )}
      {shown && (!isEmpty || wanted) && (
        <Records
          key={shown}
          service={shown}
          filter={filterOf(query.value)}
          groups={reads[shown].data?.groups ?? []}
          version={every}
          bulk={bulk}
          onService={service => go(`/dead-letters?service=${service}`)}
        />
      )}
    </>
  )
}

const useGroups = (service: Service, version: unknown) =>
  useRead(signal => readGroups(service, signal), [service], version)

const NoLetters = ({ at }: { at: number }) => (
  <Empty>
    <p>
      <strong>No dead letters.</strong> All services have handled every message, as of{' '}
      <Time at={new Date(at).toISOString()} />.
    </p>
  </Empty>
)
