import { topics } from '@daybook/shared/events'
import { waitOut } from '@daybook/shared/failures/outage'
import { type Hold, hold } from '@daybook/shared/rebuild/hold'
import type { RebuildPhase } from '../projection/generation-model.ts'
import { beginRebuild, type Then } from './begin-rebuild.ts'
import { compareWithLive } from './compare-with-live.ts'
import { projectEvents } from './project-events.ts'
import type { RebuildPorts } from './rebuild-ports.ts'
import { describeDifferences } from './rebuild-text.ts'
import { abandon } from './recover.ts'
import { swap, waitUntilRebuilt } from './swap.ts'

const tasks = topics.tasks.name
const amendNothing = async () => undefined

/** What is done with a new generation, and who is told of its differences. */
interface Task {
  then: Then
  /** Is given the differences, before the swap. */
  show: (text: string) => void
}

/**
 * Builds a new generation of the projection from all events, compares it with the live one, and keeps it or makes it live. With
 * `swap`, a generation that was kept is brought up to date instead. A generation without a difference is removed.
 * @returns what was done
 * @throws DaybookError DAYBOOK_REBUILD_REFUSED, see `beginRebuild`; the reason of the signal. The live generation is then as it was.
 */
export async function rebuildProjection(task: Task, ports: RebuildPorts): Promise<string> {
  const held = hold(await beginRebuild(task.then, ports), ports.generations, ports)
  try {
    return await buildAndSwap(held, task, ports)
  } catch (error) {
    const { phase } = held.rebuild()
    if (phase === 'building' || phase === 'joining') await abandon(held, ports)
    else
      ports.report('The swap has begun: a process with the role projection finishes it within about a minute')
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
  const building = await startBuilding(held, ports)
  let differs = false
  try {
    await building.done()
    await compareWithLive(held, ports)
    const describe = () => describeDifferences(ports.differences, generation)
    const described = await waitOut('reading differences', describe, { log: ports.log, signal: held.signal })
    show(described.text)
    if (building.unreadable() > 0)
      show(`${building.unreadable()} records of ${tasks} are no events: see the dead letters`)
    differs = described.userDays > 0
    if (differs && then === 'swap') {
      await swap(held, building.stop, ports)
      return `Generation ${generation} is live. The logs of closed days that differed are being written again.`
    }
  } finally {
    await building.stop()
  }
  if (!differs) {
    await abandon(held, ports)
    return 'The live generation stays, and the new one is removed.'
  }
  await held.advance('built')
  return `Generation ${generation} is kept beside the live one: --swap makes it live, --drop removes it.`
}

/** Starts to project all events into the documents of a new generation. It has no effect besides: it amends and parks nothing. */
async function startBuilding(held: Hold<RebuildPhase>, ports: RebuildPorts) {
  const { kafka, completionsOf, log } = ports
  const { signal } = held
  const { generation } = held.rebuild()
  const open = () => completionsOf(generation)
  const completions = await waitOut('opening completions', open, { log, signal })
  const end = await waitOut('reading offsets', () => kafka.endOffsets(tasks), { log, signal })
  let unreadable = 0
  const { stop } = await projectEvents({
    ...{ kafka, generation, completions, amend: amendNothing },
    onUnreadable() {
      unreadable += 1
    },
  })
  return { done: () => waitUntilRebuilt(held, end, ports), unreadable: () => unreadable, stop }
}
