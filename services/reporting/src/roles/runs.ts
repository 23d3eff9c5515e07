import { waitOut } from '@daybook/shared/failures/outage'
import type { ConsumerOptions } from '@daybook/shared/kafka'
import { startRelay } from '@daybook/shared/outbox'
import { clockGroup } from '../groups.ts'
import { adoptRenamed, EVERY_DAY } from '../renamed-zones/adopt-renamed.ts'
import { watchRenamed } from '../renamed-zones/watch-renamed.ts'
import { advanceReruns } from '../reruns/advance-reruns.ts'
import { amendWith } from '../runs/late-completions.ts'
import { startPasses, startRunLoop } from '../runs/run-loop.ts'
import { endOfDays } from '../runs/start-runs.ts'
import { type Ports, publishReports } from './ports.ts'

/** The consumers of the role `runs`: one makes a run when a day ends. */
export const runConsumers = (ports: Ports, wakeRuns: () => void): ConsumerOptions[] => [
  endOfDays({ ...ports, park: ports.parkFor(clockGroup), wakeRuns }),
]

/** Wake the loops of the role. Without it they do nothing: other processes find the work. */
export interface Wakes {
  runs: () => void
  reruns: () => void
}

/**
 * Starts what the role `runs` does besides consuming: the loop that advances runs, the relay of their reports, and the
 * adoption of older names of time zones.
 * @returns what wakes the loops for a new run, and for a new rerun
 */
export async function startRuns(ports: Ports): Promise<Wakes> {
  const { runs, kafka, sweepLease, log, fail, signal, closing } = ports
  const relay = startRelay(runs.outbox(publishReports(kafka)), { log, fail, maySweep: sweepLease('runs') })
  closing.defer(() => relay.stop())
  const adopt = adoptWith(ports, () => undefined)
  await waitOut('renaming time zones', () => adoptRenamed(adopt, EVERY_DAY), { log, signal })
  const loop = startRunLoop({ ...ports, relay }, { signal, fail })
  closing.defer(() => loop.stop())
  const renamed = watchRenamed(adoptWith(ports, loop.wake), { log, signal, fail })
  closing.defer(() => renamed.stop())
  return { runs: loop.wake, reruns: startReruns(ports) }
}

/** Starts the loop that advances reruns. @returns wakes it */
function startReruns(ports: Ports): () => void {
  const { reruns, waiters, log, fail, signal, closing } = ports
  const pass = (owner: string) => advanceReruns(owner, ports, waiters.ended)
  const loop = startPasses({ what: 'reruns', pass, release: reruns.release, log }, { signal, fail })
  closing.defer(() => loop.stop())
  return loop.wake
}

function adoptWith(ports: Ports, wakeRuns: () => void) {
  const { renamedRuns, renamedCompletions: completions, runs, closedDays } = ports
  return { renamedRuns, completions, runs, closedDays, amend: amendWith({ ...ports, wakeRuns }), wakeRuns }
}
