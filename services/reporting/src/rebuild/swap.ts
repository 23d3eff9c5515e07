import { topics } from '@daybook/shared/events'
import { waitOut } from '@daybook/shared/failures/outage'
import type { Offsets } from '@daybook/shared/kafka'
import type { Hold } from '@daybook/shared/rebuild/hold'
import { projectionGroup, rebuildGroup } from '../groups.ts'
import type { RebuildPhase } from '../projection/generation-model.ts'
import { waitUntilPassed } from '../wait-until-passed.ts'
import { projectEvents } from './project-events.ts'
import type { RebuildPorts } from './rebuild-ports.ts'

const tasks = topics.tasks.name

/**
 * Makes the documents of a rebuild live. From the first step on, barriers wait for the rebuild, see `projectionPosition`.
 * @param stopBuilding stops the consumer that writes the documents
 */
export async function swap(
  held: Hold<RebuildPhase>,
  stopBuilding: () => Promise<void>,
  ports: RebuildPorts,
): Promise<void> {
  const { kafka, log } = ports
  await held.advance('joining')
  // Read after barriers began to wait: a run that did not wait has seen a position up to this one.
  const ask = () => kafka.committedOffsets(projectionGroup, tasks)
  const passed = await waitOut('reading offsets', ask, { log, signal: held.signal })
  await waitUntilRebuilt(held, passed, ports)
  // Stopped first, because a late write would make the collection again after it was renamed.
  await stopBuilding()
  await held.advance('swapping')
  await finishSwap(held, ports)
}

/** Finishes a swap from the phase `swapping` or `amending`. Every step can be repeated, also by another process. */
export async function finishSwap(held: Hold<RebuildPhase>, ports: RebuildPorts): Promise<void> {
  const { documents, differences, amend, log } = ports
  const { signal } = held
  const { generation, phase } = held.rebuild()
  if (phase === 'swapping') {
    await waitOut('swapping', () => documents.makeLive(generation), { log, signal })
    await projectRest(held, ports)
    await held.advance('amending')
  }
  ports.report('requesting the logs of the days that differed')
  for await (const group of differences.all(generation))
    await waitOut('requesting logs', () => amend(group), { log, signal })
  await waitOut('removing differences', () => differences.clear(generation), { log, signal })
  await held.end()
}

/**
 * Projects into the live documents what came since the rebuild stopped, like one more projector: it writes a completion, then looks
 * whether its day is closed. The documents that were live before had some of these completions, and runs may have listed them
 * there.
 */
async function projectRest(held: Hold<RebuildPhase>, ports: RebuildPorts): Promise<void> {
  const { kafka, completionsOf, log } = ports
  const { generation } = held.rebuild()
  const completions = await waitOut('opening completions', () => completionsOf('live'), {
    log,
    signal: held.signal,
  })
  const consumer = await projectEvents({ ...ports, generation, completions, onUnreadable: () => undefined })
  try {
    const ask = () => kafka.endOffsets(tasks)
    const end = await waitOut('reading offsets', ask, { log, signal: held.signal })
    await waitUntilRebuilt(held, end, ports)
  } finally {
    await consumer.stop()
  }
}

/** Waits until a rebuild has passed offsets of daybook.tasks. */
export function waitUntilRebuilt(held: Hold<RebuildPhase>, end: Offsets, ports: RebuildPorts): Promise<void> {
  const { kafka, report, log } = ports
  const { generation } = held.rebuild()
  const ask = () => kafka.committedOffsets(rebuildGroup(generation), tasks)
  const what = `building generation ${generation}`
  return waitUntilPassed(ask, end, { what, report, log, signal: held.signal })
}
