import { growingPause } from '@daybook/shared/async/growing-pause'
import { type Loop, startLoop } from '@daybook/shared/async/loop'
import { waitOut } from '@daybook/shared/failures/outage'
import type { Logger } from 'pino'
import { adoptRenamed, type RenamedDeps } from './adopt-renamed.ts'

/** Milliseconds between two adoptions at first, as an update may have just begun. */
const INTERVAL_MS = 5000

/** The greatest age, in milliseconds, of days that an earlier version still writes: their events may have waited in Kafka. */
const RECENT_MS = 40 * 86_400_000

/** Adopts recent days again and again until it is stopped, because an earlier version may run beside this one. */
export function watchRenamed(
  deps: RenamedDeps,
  { log, signal, fail }: { log: Logger; signal: AbortSignal; fail: (error: Error) => void },
): Loop {
  const pause = growingPause(INTERVAL_MS)
  return startLoop(async () => {
    const since = new Date(Date.now() - RECENT_MS).toISOString().slice(0, 'YYYY-MM-DD'.length)
    await waitOut('renaming time zones', () => adoptRenamed(deps, since), { log, signal })
    pause.lengthen()
    return pause.ms()
  }, fail)
}
