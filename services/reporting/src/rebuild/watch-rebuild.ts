import { randomUUID } from 'node:crypto'
import { growingPause } from '@daybook/shared/async/growing-pause'
import { startLoop } from '@daybook/shared/async/loop'
import { isOutage, waitOut } from '@daybook/shared/failures/outage'
import type { Service } from '@daybook/shared/process/service'
import { isFree } from '@daybook/shared/rebuild/rebuild'
import { type AmendDeps, amendWith } from '../runs/late-completions.ts'
import type { RebuildStores } from './rebuild-ports.ts'
import { recover } from './recover.ts'

/** Milliseconds between two looks at first. */
const INTERVAL_MS = 5000

type Watching = Pick<Service, 'log' | 'signal' | 'fail' | 'closing'> & Omit<AmendDeps, 'wakeRuns'>

/**
 * Looks for rebuilds whose command has died, until `closing`: days wait while a rebuild joins. It finishes them if their documents
 * may be live, and removes them otherwise.
 */
export function watchRebuild(stores: RebuildStores, ports: Watching): void {
  const { kafka, log, signal, fail, closing } = ports
  const pause = growingPause(INTERVAL_MS)
  const amend = amendWith({ ...ports, wakeRuns: () => undefined })
  const report = (line: string) => log.info(line)
  const loop = startLoop(async () => {
    const { rebuild } = await waitOut('looking for rebuilds', stores.generations.read, { log, signal })
    const isUnderWay = rebuild !== undefined && rebuild.phase !== 'built'
    pause.looked(isUnderWay)
    if (isUnderWay && isFree(rebuild)) {
      const owner = randomUUID()
      // An outage ends the work. It goes on when the lease is over again.
      await recover(rebuild, { ...stores, kafka, amend, owner, report, log, signal }).catch(error => {
        if (!isOutage(error)) throw error
        log.warn({ err: error }, 'the rebuild that was taken over is not ended')
      })
    }
    return pause.ms()
  }, fail)
  closing.defer(loop.stop)
}
