import { topics } from '@daybook/shared/events'
import { DaybookError } from '@daybook/shared/failures/errors'
import { waitOut } from '@daybook/shared/failures/outage'
import { isFree, type Rebuild, underWay } from '@daybook/shared/rebuild/rebuild'
import { rebuildGroup } from '../groups.ts'
import type { RebuildPhase } from '../projection/generation-model.ts'
import type { RebuildPorts } from './rebuild-ports.ts'
import { recover } from './recover.ts'

/** What becomes of the new generation: it is kept beside the live one, or takes its place. */
export type Then = 'keep' | 'swap'

/**
 * Begins a rebuild, in place of one that nobody works on. With `swap`, continues one that is built.
 * @throws DaybookError DAYBOOK_REBUILD_REFUSED while another rebuild is under way, or when events were deleted
 */
export async function beginRebuild(then: Then, ports: RebuildPorts): Promise<Rebuild<RebuildPhase>> {
  const { generations, documents, differences, owner } = ports
  const { rebuild: found } = await generations.read()
  if (found?.phase === 'built' && then === 'swap') {
    const taken = await generations.takeOver(found, owner)
    if (taken === undefined) throw underWay()
    return taken
  }
  if (found !== undefined) await endOther(found, ports)
  await refuseDeleted(ports)
  const begun = await generations.begin(owner)
  if (begun === undefined) throw underWay()
  // What processes left that ended between two steps.
  await documents.removeThrough(begun.generation - 1)
  await differences.clear(begun.generation - 1)
  return begun
}

/** Removes the generation that is kept, if there is one. @returns what was done */
export async function dropRebuild(ports: RebuildPorts): Promise<string> {
  const { rebuild } = await ports.generations.read()
  if (rebuild === undefined) return 'No generation is kept.'
  await endOther(rebuild, ports)
  return `The rebuild of generation ${rebuild.generation} is ended.`
}

/** Ends a rebuild that nobody works on. */
async function endOther(found: Rebuild<RebuildPhase>, ports: RebuildPorts): Promise<void> {
  if (!isFree(found)) throw underWay(found)
  ports.report(`ending the rebuild of generation ${found.generation}, which was ${found.phase}`)
  await recover(found, ports)
}

/** Refuses a log whose beginning is deleted: the new generation would lack completions. */
async function refuseDeleted({ kafka, log, signal }: RebuildPorts): Promise<void> {
  const topic = topics.tasks.name
  // No rebuild has the number 0, so its group has read nothing: it is where the log begins.
  const ask = () => kafka.committedOffsets(rebuildGroup(0), topic)
  const begin = await waitOut('reading offsets', ask, { log, signal })
  if (begin.size === 0) return
  const gaps = [...begin].map(([partition, offset]) => `${topic}/${partition} begins at offset ${offset}`)
  throw new DaybookError(
    'DAYBOOK_REBUILD_REFUSED',
    `Events were deleted, and a new generation would lack their completions: ${gaps.join(', ')}. Restore the topic first`,
  )
}
