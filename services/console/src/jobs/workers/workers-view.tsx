import { useState } from 'preact/hooks'
import type { Problem } from '../../api/problem.ts'
import { schedulerApi } from '../../api/services.ts'
import { numberOf } from '../../bulk/plan.ts'
import { ConfirmDialog } from '../../elements/confirm-dialog.tsx'
import { useRowKeys } from '../../elements/lists/row-keys.ts'
import { LiveTable } from '../../elements/live-table.tsx'
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
      <Fault problem={command.problem} />
      <Shown read={read} what="the workers">
        {workers =>
          workers.length === 0 ? (
            <NoWorkers />
          ) : (
            <LiveTable
              of="workers"
              summary={summaryOf(workers)}
              caption="Workers"
              columns={columnsOf(ask)}
              rows={workers}
              keyOf={({ id }) => id}
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

function summaryOf(workers: readonly Worker[]): string {
  const alive = workers.filter(isAlive)
  const running = alive.reduce((sum, worker) => sum + worker.running.length, 0)
  const slots = alive.reduce((sum, worker) => sum + worker.slots, 0)
  const parts = [numberOf(alive.length, 'worker'), numberOf(running, 'job'), numberOf(slots, 'slot')] as const
  return `${parts[0]} alive, with ${parts[1]} in ${parts[2]}. Those that ended stay in the list for a day`
}

const NoWorkers = () => (
  <Empty>
    <p>
      <strong>No worker has been here for a day.</strong> Jobs wait until one starts:
    </p>
    <pre>KAFKA_BROKERS=&lt;brokers&gt; node &lt;your worker&gt;.ts</pre>
  </Empty>
)
