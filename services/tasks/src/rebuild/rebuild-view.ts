import { type Hold, hold } from '@daybook/shared/rebuild/hold'
import { applyEvents } from './apply-events.ts'
import { beginRebuild, type Then } from './begin-rebuild.ts'
import { compareViews } from './compare-views.ts'
import type { RebuildPhase } from './rebuild-model.ts'
import type { RebuildPorts } from './rebuild-ports.ts'
import { abandon, swap } from './swap.ts'

/** What is done with a new generation, and who is told of its differences. */
interface Task {
  then: Then
  /** Is given the differences, before the swap. */
  show: (text: string) => void
}

/**
 * Builds a new generation of the view from all events, compares it with the live one, and keeps it or makes it live. With `swap`, a
 * generation that was kept is brought up to date instead. A generation without a difference is removed.
 * @returns what was done
 * @throws DaybookError DAYBOOK_REBUILD_REFUSED, see `beginRebuild`; the reason of the signal. The live generation is then as it was.
 */
export async function rebuildView(task: Task, ports: RebuildPorts): Promise<string> {
  const held = hold(await beginRebuild(task.then, ports), ports.rebuilds, ports)
  try {
    return await buildAndSwap(held, task, ports)
  } catch (error) {
    if (held.rebuild().phase === 'swapping')
      ports.report('The swap has begun: a process of tasks finishes it within about a minute')
    else await abandon(held, ports)
    throw held.signal.aborted ? held.signal.reason : error
  } finally {
    held.release()
  }
}

async function buildAndSwap(
  held: Hold<RebuildPhase>,
  { then, show }: Task,
  ports: RebuildPorts,
): Promise<string> {
  const { generation } = held.rebuild()
  await applyEvents(await ports.views.open(generation), held, ports)
  const differences = await compareViews(held, ports)
  show(differences.text())
  if (differences.count() === 0) {
    await abandon(held, ports)
    return 'The live generation stays, and the new one is removed.'
  }
  if (then === 'keep') {
    await held.advance('built')
    return `Generation ${generation} is kept beside the live one: --swap makes it live, --drop removes it.`
  }
  await swap(held, ports)
  return `Generation ${generation} is live.`
}
