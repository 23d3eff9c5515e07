import { randomUUID } from 'node:crypto'
import { growingPause } from '@daybook/shared/async/growing-pause'
import { type Loop, startLoop } from '@daybook/shared/async/loop'
import { waitOut } from '@daybook/shared/failures/outage'
import { Interrupted } from '@daybook/shared/kafka'
import type { WhyApart } from './apart-model.ts'
import { APART_LEASE_MS } from './apart-store.ts'
import { type ApartDeps, writeApart } from './write-apart.ts'

// The longest time between two looks: WAITING_MS while logs are left, IDLE_MS and more while none is.
const WAITING_MS = 1000
const IDLE_MS = 5000

/** Writes the logs that were set apart for one reason, one at a time, until it is stopped. */
export function startApartLoop(why: WhyApart, deps: ApartDeps, fail: (error: Error) => void): Loop {
  const { logsApart, log } = deps
  const owner = randomUUID()
  const stopping = new AbortController()
  const { signal } = stopping
  const idle = growingPause(IDLE_MS)
  const stopped = new Promise<number>(resolve => signal.addEventListener('abort', () => resolve(0)))
  const outlast = <T>(attempt: () => Promise<T>) => waitOut('writing logs apart', attempt, { log, signal })

  /** @returns milliseconds until the next look */
  async function writeNext(): Promise<number> {
    const held = await outlast(() => logsApart.take(why, owner))
    const holder = { owner, heartbeat: leaseBeat(deps, owner, signal) }
    if (held.length > 0) await outlast(() => writeApart(held, holder, deps))
    const dueAt = await outlast(() => logsApart.nextDue(why))
    idle.looked(dueAt !== undefined)
    return dueAt === undefined ? idle.ms() : Math.max(0, Math.min(WAITING_MS, dueAt.getTime() - Date.now()))
  }

  function endOfStop(error: unknown): number {
    if (signal.aborted) return 0
    throw error
  }

  // A large log may take longer than a process may take to stop. What this leaves then is like what a crash leaves.
  const loop = startLoop(() => Promise.race([writeNext().catch(endOfStop), stopped]), fail)

  return {
    wake: loop.wake,
    stop() {
      stopping.abort()
      return loop.stop()
    },
  }
}

/** Makes the heartbeat that renews the leases of an owner while their log is written. */
function leaseBeat({ logsApart }: ApartDeps, owner: string, signal: AbortSignal): () => Promise<void> {
  let renewAt = performance.now() + APART_LEASE_MS / 3
  return async () => {
    if (signal.aborted) throw new Interrupted('the process is stopping')
    if (performance.now() < renewAt) return
    renewAt = performance.now() + APART_LEASE_MS / 3
    await logsApart.renew(owner)
  }
}
