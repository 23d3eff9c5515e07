import { DaybookError } from '@daybook/shared/failures/errors'
import { waitOut } from '@daybook/shared/failures/outage'
import type { Logger } from 'pino'
import type { Rebuild, RebuildPhase } from './rebuild-model.ts'
import { REBUILD_LEASE_MS, type Rebuilds } from './rebuild-store.ts'

/** A rebuild that this process works on. */
export interface Hold {
  rebuild: () => Rebuild
  /** @throws DaybookError DAYBOOK_REBUILD_REFUSED when another process has taken the rebuild over */
  advance: (phase: RebuildPhase) => Promise<void>
  /** @throws the same error as `advance` */
  end: () => Promise<void>
  /** Aborted when another process may have taken the rebuild over, and when the work is to end. */
  signal: AbortSignal
  /** Stops renewing the lease. */
  release: () => void
}

/** Holds a rebuild: renews its lease until it is released. @param signal says that the work is to end */
export function hold(
  given: Rebuild,
  { rebuilds, log, signal }: { rebuilds: Rebuilds; log: Logger; signal: AbortSignal },
): Hold {
  const lost = new AbortController()
  const both = AbortSignal.any([lost.signal, signal])
  let rebuild = given
  const renew = async () => {
    try {
      if (!(await rebuilds.renew(rebuild))) lost.abort(takenOver())
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
      const advance = () => rebuilds.advance(rebuild, phase)
      const advanced = await waitOut('rebuilding', advance, { log, signal: both })
      if (advanced === undefined) throw takenOver()
      rebuild = advanced
    },
    async end() {
      if (!(await waitOut('rebuilding', () => rebuilds.end(rebuild), { log, signal: both })))
        throw takenOver()
    },
    signal: both,
    release: () => clearInterval(renewal),
  }
}

const takenOver = () =>
  new DaybookError('DAYBOOK_REBUILD_REFUSED', 'Another process has taken this rebuild over: start it again')
