import { waitOut } from '@daybook/shared/failures/outage'
import type { ProgressBar } from '@daybook/shared/process/progress'
import type { Hold } from '@daybook/shared/rebuild/hold'
import { catchUpTo } from '../events/catch-up-view.ts'
import { taskOfEvent } from '../task.ts'
import type { TaskView } from '../view/view-store.ts'
import type { RebuildPhase } from './rebuild-model.ts'
import type { RebuildPorts } from './rebuild-ports.ts'

// A pass that changes fewer tasks is followed by no other.
const FEW = 1000

/** Applies all stored events to a view, in passes, until a pass has changed few tasks or not far fewer than the one before. */
export async function applyEvents(
  view: TaskView,
  held: Hold<RebuildPhase>,
  ports: RebuildPorts,
): Promise<void> {
  const estimate = () => ports.ids.estimate()
  for (let before = Number.POSITIVE_INFINITY; ; ) {
    const total = await waitOut('counting events', estimate, { log: ports.log, signal: held.signal })
    const bar = ports.progress('applying events', total, 'events')
    const changed = await passOver(view, bar, held, ports)
    bar.end()
    if (changed < FEW || changed > before / 2) return
    before = changed
  }
}

/** Goes once over all stored events. What is stored when it begins is in the view when it ends. @returns how many tasks it changed */
export async function passOver(
  view: TaskView,
  bar: Pick<ProgressBar, 'add'>,
  { signal }: Hold<RebuildPhase>,
  { ids, store, log }: RebuildPorts,
): Promise<number> {
  let changed = 0
  for (let after: string | undefined = ''; after !== undefined; ) {
    signal.throwIfAborted()
    const from: string = after
    const page = await waitOut('reading events', () => ids.page({}, from), { log, signal })
    const apply = () => catchUpTo(newestOf(page.ids), { store, view })
    changed += await waitOut('applying events', apply, { log, signal })
    bar.add(page.ids.length)
    after = page.through
  }
  return changed
}

/** The highest sequence of each task. */
function newestOf(ids: string[]): Map<string, number> {
  const newest = new Map<string, number>()
  for (const id of ids) {
    const event = taskOfEvent(id)
    if (event) newest.set(event.taskId, Math.max(event.sequence, newest.get(event.taskId) ?? 0))
  }
  return newest
}
