import { growingPause } from '@daybook/shared/async/growing-pause'
import { startLoop } from '@daybook/shared/async/loop'
import { isOutage, waitOut } from '@daybook/shared/failures/outage'
import type { Service } from '@daybook/shared/process/service'
import { isFree, isRefused } from '@daybook/shared/rebuild/rebuild'
import { endOther } from './begin-rebuild.ts'
import type { RebuildPorts } from './rebuild-ports.ts'

/** Milliseconds between two looks at first. */
const INTERVAL_MS = 5000

/**
 * Looks for rebuilds whose command has died, until `closing`: while a swap is not finished, tasks of the view may be behind. It
 * finishes the swap, or removes what was built.
 */
export function watchRebuild(
  ports: Omit<RebuildPorts, 'report' | 'progress'>,
  { log, signal, fail, closing }: Pick<Service, 'log' | 'signal' | 'fail' | 'closing'>,
): void {
  const pause = growingPause(INTERVAL_MS)
  const quiet = { add: () => undefined, end: () => undefined }
  const silent = { ...ports, report: (line: string) => log.info(line), progress: () => quiet }
  const loop = startLoop(async () => {
    const found = await waitOut('looking for rebuilds', ports.rebuilds.read, { log, signal })
    const isUnderWay = found !== undefined && found.phase !== 'built'
    pause.looked(isUnderWay)
    // Another process may be faster, and an outage ends the work: it goes on when the lease is over again.
    if (isUnderWay && isFree(found))
      await endOther(found, silent).catch(error => {
        if (!isRefused(error) && !isOutage(error)) throw error
        log.warn({ err: error }, 'the rebuild that was taken over is not ended')
      })
    return pause.ms()
  }, fail)
  closing.defer(loop.stop)
}
