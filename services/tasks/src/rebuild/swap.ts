import { waitOut } from '@daybook/shared/failures/outage'
import type { Hold } from '@daybook/shared/rebuild/hold'
import { applyEvents } from './apply-events.ts'
import type { RebuildPhase } from './rebuild-model.ts'
import type { RebuildPorts } from './rebuild-ports.ts'

/** Makes the documents of a rebuild live. */
export async function swap(held: Hold<RebuildPhase>, ports: RebuildPorts): Promise<void> {
  await held.advance('swapping')
  await finishSwap(held, ports)
}

/**
 * Finishes a swap. Every step can be repeated, also by another process. Events that were stored before the rename may be only in
 * the documents that are gone, so all events are applied once more.
 */
export async function finishSwap(held: Hold<RebuildPhase>, ports: RebuildPorts): Promise<void> {
  const { views, log } = ports
  const { signal } = held
  const { generation } = held.rebuild()
  await waitOut('swapping', () => views.makeLive(generation), { log, signal })
  await applyEvents(await waitOut('opening the view', () => views.open('live'), { log, signal }), held, ports)
  await held.end()
}

/** Ends a rebuild whose documents are not live, and removes them. */
export async function abandon(held: Hold<RebuildPhase>, { views }: RebuildPorts): Promise<void> {
  await held.end()
  await views.removeThrough(held.rebuild().generation)
}
