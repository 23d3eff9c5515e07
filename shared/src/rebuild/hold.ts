import type { Logger } from 'pino'
import { waitOut } from '../failures/outage.ts'
import type { RebuildLeases } from './lease-store.ts'
import { REBUILD_LEASE_MS, type Rebuild, takenOver } from './rebuild.ts'

/** A rebuild that this process works on. */
export interface Hold<Phase extends string> {
  rebuild: () => Rebuild<Phase>
  /** @throws DaybookError DAYBOOK_REBUILD_REFUSED when another process has taken the rebuild over */
  advance: (phase: Phase) => Promise<void>
  /** @throws the same error as `advance` */
  end: () => Promise<void>
  /** Aborted when another process may have taken the rebuild over, and when the work is to end. */
  signal: AbortSignal
  /** Stops renewing the lease. */
  release: () => void
}

/** Holds a rebuild: renews its lease until it is released. @param signal says that the work is to end */
export function hold<Phase extends string>(
  given: Rebuild<Phase>,
  leases: Pick<RebuildLeases<Phase>, 'renew' | 'advance' | 'end'>,
  { log, signal }: { log: Logger; signal: AbortSignal },
): Hold<Phase> {
  const lost = new AbortController()
  const both = AbortSignal.any([lost.signal, signal])
  let rebuild = given
  const renew = async () => {
    try {
      if (!(await leases.renew(rebuild))) lost.abort(takenOver())
    } catch (error) {
      // The next renewal comes in time, unless the outage is longer than the lease.
      log.warn({ err: error }, 'the lease of the rebuild cannot be renewed')
    }
  }
  const renewal = setInterval(renew, REBUILD_LEASE_MS / 3)
  return {
    rebuild: () => rebuild,
    async advance(phase) {
      both.throwIfAborted()
      const advance = () => leases.advance(rebuild, phase)
      const advanced = await waitOut('rebuilding', advance, { log, signal: both })
      if (advanced === undefined) throw takenOver()
      rebuild = advanced
    },
    async end() {
      if (!(await waitOut('rebuilding', () => leases.end(rebuild), { log, signal: both }))) throw takenOver()
    },
    signal: both,
    release: () => clearInterval(renewal),
  }
}
