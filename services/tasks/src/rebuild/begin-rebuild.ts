import { hold } from '@daybook/shared/rebuild/hold'
import { isFree, type Rebuild, underWay } from '@daybook/shared/rebuild/rebuild'
import type { RebuildPhase } from './rebuild-model.ts'
import type { RebuildPorts } from './rebuild-ports.ts'
import { abandon, finishSwap } from './swap.ts'

/** What becomes of the new generation: it is kept beside the live one, or takes its place. */
export type Then = 'keep' | 'swap'

/**
 * Begins a rebuild, in place of one that nobody works on. With `swap`, continues one that is built.
 * @throws DaybookError DAYBOOK_REBUILD_REFUSED while another rebuild is under way
 */
export async function beginRebuild(then: Then, ports: RebuildPorts): Promise<Rebuild<RebuildPhase>> {
  const { rebuilds, views, owner } = ports
  const found = await rebuilds.read()
  if (found?.phase === 'built' && then === 'swap') {
    const taken = await rebuilds.takeOver(found, owner)
    if (taken === undefined) throw underWay()
    return taken
  }
  if (found !== undefined) await endOther(found, ports)
  const begun = await rebuilds.begin(owner)
  if (begun === undefined) throw underWay()
  // What processes left that ended between two steps.
  await views.removeThrough(begun.generation - 1)
  return begun
}

/** Removes the generation that is kept, if there is one. @returns what was done */
export async function dropRebuild(ports: RebuildPorts): Promise<string> {
  const found = await ports.rebuilds.read()
  if (found === undefined) return 'No generation is kept.'
  await endOther(found, ports)
  return `The rebuild of generation ${found.generation} is ended.`
}

/**
 * Ends a rebuild that nobody works on: finishes its swap if that has begun, otherwise removes its documents.
 * @throws DaybookError DAYBOOK_REBUILD_REFUSED when another process works on it
 */
export async function endOther(found: Rebuild<RebuildPhase>, ports: RebuildPorts): Promise<void> {
  if (!isFree(found)) throw underWay(found)
  const taken = await ports.rebuilds.takeOver(found, ports.owner)
  if (taken === undefined) throw underWay()
  ports.report(`ending the rebuild of generation ${found.generation}, which was ${found.phase}`)
  const held = hold(taken, ports.rebuilds, ports)
  try {
    await (taken.phase === 'swapping' ? finishSwap(held, ports) : abandon(held, ports))
  } finally {
    held.release()
  }
}
