import { useState } from 'preact/hooks'
import { query, setQuery } from '../../address/address.ts'
import type { Problem } from '../../api/problem.ts'
import { schedulerApi } from '../../api/services.ts'
import { numberOf } from '../../bulk/plan.ts'
import { ConfirmDialog } from '../../elements/confirm-dialog.tsx'
import { More } from '../../elements/lists/more.tsx'
import { useRowKeys } from '../../elements/lists/row-keys.ts'
import { useCount } from '../../elements/lists/show-more.tsx'
import { LiveTable } from '../../elements/live-table.tsx'
import { SearchField } from '../../elements/search-field.tsx'
import { Empty, Fault, Shown } from '../../elements/states.tsx'
import { useCommand } from '../../elements/use-command.ts'
import { useRead } from '../../elements/use-read.ts'
import { useEvery } from '../../live/use-every.ts'
import { LaneWarnings } from '../job/lane-warnings.tsx'
import { columnsOf, isAlive, type Worker } from './worker-columns.tsx'

const EVERY_MS = 5000

async function readWorkers(signal: AbortSignal) {
  const { data, error } = await schedulerApi.GET('/workers', { signal })
  return data === undefined ? { error: error as Problem } : { data: inOrder(data.workers) }
}

/** Those that are alive first, and then by name. */
const inOrder = (workers: readonly Worker[]) =>
  workers.toSorted(
    (a, b) =>
      Number(isAlive(b)) - Number(isAlive(a)) || a.name.localeCompare(b.name) || a.id.localeCompare(b.id),
  )

/** The workers, and what each of them runs. */
export function WorkersView() {
  const q = query.value.get('q') ?? ''
  const { count, more } = useCount(q)
  const read = useRead(readWorkers, [], useEvery(EVERY_MS))
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
        {workers => {
          if (workers.length === 0) return <NoWorkers />
          const found = workers.filter(worker => textOf(worker).includes(q.toLowerCase()))
          if (found.length === 0) return <NothingFound q={q} />
          return (
            <>
              <LiveTable
                of={`workers ${q} ${count}`}
                summary={summaryOf(found)}
                caption="Workers"
                columns={columnsOf(ask)}
                rows={found.slice(0, count)}
                keyOf={({ id }) => id}
              />
              <More count={count} hasMore={found.length > count} more={more} />
            </>
          )
        }}
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

const textOf = ({ name, id, lanes, kinds }: Worker) =>
  [name, id, ...lanes.map(({ lane }) => lane), ...kinds].join(' ').toLowerCase()

function summaryOf(workers: readonly Worker[]): string {
  const alive = workers.filter(isAlive)
  const running = alive.reduce((sum, worker) => sum + worker.running.length, 0)
  const slots = alive.reduce((sum, worker) => sum + worker.slots, 0)
  const parts = [numberOf(alive.length, 'worker'), numberOf(running, 'job'), numberOf(slots, 'slot')] as const
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

const NoWorkers = () => (
  <Empty>
    <p>
      <strong>No worker has been here for a day.</strong> Jobs wait until one starts:
    </p>
    <pre>KAFKA_BROKERS=&lt;brokers&gt; node &lt;your worker&gt;.ts</pre>
  </Empty>
)
