import { waitOut } from '@daybook/shared/failures/outage'
import { type Hold, hold } from '@daybook/shared/rebuild/hold'
import { isRefused, type Rebuild } from '@daybook/shared/rebuild/rebuild'
import type { RebuildPhase } from '../projection/generation-model.ts'
import type { RebuildPorts } from './rebuild-ports.ts'
import { finishSwap } from './swap.ts'

/**
 * Takes over a rebuild that nobody works on. If its documents may be live, the rest of the work is done. Otherwise the documents are
 * removed, and the live ones stay as they are. Does nothing if another process is faster.
 */
export async function recover(found: Rebuild<RebuildPhase>, ports: RebuildPorts): Promise<void> {
  const { generations, owner, log, signal } = ports
  const taken = await waitOut('rebuilding', () => generations.takeOver(found, owner), { log, signal })
  if (taken === undefined) return
  const held = hold(taken, generations, ports)
  try {
    if (taken.phase === 'swapping' || taken.phase === 'amending') await finishSwap(held, ports)
    else await abandon(held, ports)
  } catch (error) {
    if (!isRefused(error)) throw error
    log.warn(error.message)
  } finally {
    held.release()
  }
}

/** Ends a rebuild whose documents are not live, and removes them. */
export async function abandon(
  held: Hold<RebuildPhase>,
  { documents, differences }: RebuildPorts,
): Promise<void> {
  await held.end()
  const { generation } = held.rebuild()
  await documents.removeThrough(generation)
  await differences.clear(generation)
}
