import { useState } from 'preact/hooks'
import { query, setQuery } from '../../address/address.ts'
import { schedulerApi } from '../../api/services.ts'
import { numberOf } from '../../bulk/plan.ts'
import { ConfirmDialog } from '../../elements/confirm-dialog.tsx'
import { useRowKeys } from '../../elements/lists/row-keys.ts'
import { LiveTable } from '../../elements/live-table.tsx'
import { SearchField } from '../../elements/search-field.tsx'
import { Empty, Fault, Shown } from '../../elements/states.tsx'
import { useCommand } from '../../elements/use-command.ts'
import { useRead } from '../../elements/use-read.ts'
import { useEvery } from '../../live/use-every.ts'
import { LaneWarnings } from '../job/lane-warnings.tsx'
import { readWorkers, type WorkerCounts } from './read-workers.ts'
import { columnsOf, type Worker } from './worker-columns.tsx'

const EVERY_MS = 5000

/** The workers, and what each of them runs. */
export function WorkersView() {
  const q = query.value.get('q') ?? ''
  const cursor = query.value.get('cursor') ?? undefined
  const read = useRead(signal => readWorkers({ q, cursor }, signal), [q, cursor], useEvery(EVERY_MS))
  const [asked, ask] = useState<Worker>()
  const command = useCommand()
  useRowKeys()
  const drain = async ({ id, name }: Worker) => {
    const params = { path: { id } }
    await command.run(
      () => schedulerApi.POST('/workers/{id}/quiet', { params }),
      `${name} takes no more jobs`,
    )
    read.again()
  }
  return (
    <>
      <LaneWarnings />
      <div class="filters">
        <SearchField label="Search workers by name, id, lane or kind" />
      </div>
      <Fault problem={command.problem} />
      <Shown read={read} what="the workers">
        {({ workers, counts, nextCursor }) =>
          workers.length === 0 && cursor === undefined ? (
            <NoWorkers q={q} />
          ) : (
            <LiveTable
              of={`workers ${q} ${cursor}`}
              summary={summaryOf(counts)}
              caption="Workers"
              columns={columnsOf(ask)}
              rows={workers}
              keyOf={({ id }) => id}
              nextCursor={nextCursor}
            />
          )
        }
      </Shown>
      {asked && (
        <ConfirmDialog
          title={`Drain ${asked.name}?`}
          action="Drain"
          onConfirm={() => drain(asked)}
          onClose={() => ask(undefined)}
        >
          <p>It takes no more jobs, and ends those that it has. Start it again to undo that.</p>
        </ConfirmDialog>
      )}
    </>
  )
}

function summaryOf({ alive, running, slots }: WorkerCounts): string {
  const parts = [numberOf(alive, 'worker'), numberOf(running, 'job'), numberOf(slots, 'slot')] as const
  return `${parts[0]} alive, with ${parts[1]} in ${parts[2]}. Those that ended stay in the list for a day`
}

const NothingFound = ({ q }: { q: string }) => (
  <Empty>
    <p>No worker has “{q}” in its name, id, lanes or kinds.</p>
    <button type="button" onClick={() => setQuery({ q: undefined })}>
      Show all workers
    </button>
  </Empty>
)

const NoWorkers = ({ q }: { q: string }) =>
  q ? (
    <NothingFound q={q} />
  ) : (
    <Empty>
      <p>
        <strong>No worker has been here for a day.</strong> Jobs wait until one starts:
      </p>
      <pre>KAFKA_BROKERS=&lt;brokers&gt; node &lt;your worker&gt;.ts</pre>
    </Empty>
  )
