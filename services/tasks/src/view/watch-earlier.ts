import { growingPause } from '@daybook/shared/async/growing-pause'
import { type Loop, startLoop } from '@daybook/shared/async/loop'
import { waitOut } from '@daybook/shared/failures/outage'
import type { Logger } from 'pino'

/** Milliseconds between two looks at first, as an update may have just begun. */
const INTERVAL_MS = 5000

/**
 * Renews the documents of earlier versions of Daybook, again and again until it is stopped, because an earlier version may run beside
 * this one.
 * @param renew see `openRenewal`
 */
export function watchEarlier(
  renew: () => Promise<boolean>,
  { log, signal, fail }: { log: Logger; signal: AbortSignal; fail: (error: Error) => void },
): Loop {
  const pause = growingPause(INTERVAL_MS)
  return startLoop(async () => {
    const found = await waitOut('renewing documents of tasks', renew, { log, signal })
    pause.looked(found)
    return found ? 0 : pause.ms()
  }, fail)
}
