import { type Loop, startLoop } from '@daybook/shared/async/loop'
import { isOutage } from '@daybook/shared/failures/outage'
import type { Logger } from 'pino'
import type { LogDays } from '../logs/files/log-days.ts'
import { type RenameDeps, renameFormer } from './rename-former.ts'

const DAY_MS = 86_400_000
const INTERVAL_MS = 3_600_000
const AFTER_OUTAGE_MS = 60_000
// Longer than the lease of a process that has ended.
const WHILE_OTHERS_MS = 15_000

export interface TidyDeps extends RenameDeps {
  files: LogDays
  /** After how many days files are removed; 0: never. */
  retention: number
  /** After how many days files are compressed; 0: never. */
  gzipAfter: number
  /** Whether this process is the one that tidies; asked again before each step. */
  mayTidy: () => Promise<boolean>
  log: Logger
}

/** The last day that is older than some days. @param now decides which day today is, in UTC */
const lastOlderThan = (days: number, now: Date): string =>
  new Date(now.getTime() - (days + 1) * DAY_MS).toISOString().slice(0, 10)

/**
 * Removes and compresses the files of old days: those that have become old since the last time. What is to be done is recorded
 * first, see `agedFiles`. Before that, files get their current names. It can be stopped after any step and repeated.
 * @returns false when another process tidies
 */
export async function tidy(deps: TidyDeps, now: Date): Promise<boolean> {
  await renameFormer(deps, now)
  if (deps.retention === 0 && deps.gzipAfter === 0) return true
  if (!(await deps.mayTidy())) return false
  if (deps.retention > 0) await removeOld(deps, lastOlderThan(deps.retention, now))
  if (deps.gzipAfter > 0) await compressOld(deps, lastOlderThan(deps.gzipAfter, now))
  return true
}

async function removeOld({ files, ages, mayTidy, log }: TidyDeps, through: string): Promise<void> {
  await ages.advance('removedThrough', through)
  const old = (await files.days()).filter(day => day <= through)
  for (const day of old) {
    if (!(await mayTidy())) return
    await files.removeDay(day)
    log.info({ day }, 'removed the log files of a day that is older than LOG_RETENTION_DAYS')
  }
}

async function compressOld({ files, ages, mayTidy, log }: TidyDeps, through: string): Promise<void> {
  const { tidiedThrough } = await ages.read()
  const old = (await files.days()).filter(day => day > tidiedThrough && day <= through)
  for (const day of old) {
    await ages.advance('compressedThrough', day)
    for await (const _step of files.compressDay(day)) if (!(await mayTidy())) return
    await ages.advance('tidiedThrough', day)
    log.info({ day }, 'compressed the log files of a day that is older than LOG_GZIP_AFTER_DAYS')
  }
}

/** Tidies at the start and then every hour. It is not urgent: what fails is logged and tried again. */
export function startTidying(
  deps: TidyDeps,
  { signal, fail }: { signal: AbortSignal; fail: (error: Error) => void },
): Pick<Loop, 'stop'> {
  const mayTidy = async () => !signal.aborted && (await deps.mayTidy())
  const stopped = new Promise<number>(resolve => signal.addEventListener('abort', () => resolve(0)))

  async function turn(): Promise<number> {
    try {
      return (await tidy({ ...deps, mayTidy }, new Date())) ? INTERVAL_MS : WHILE_OTHERS_MS
    } catch (error) {
      if (signal.aborted) return 0
      if (isOutage(error)) return AFTER_OUTAGE_MS
      deps.log.error(
        { err: error },
        'the files of old days can be neither renamed nor removed nor compressed',
      )
      return INTERVAL_MS
    }
  }

  // Removing a large day may take longer than a process may take to stop. What this leaves then is like what a crash leaves.
  return startLoop(() => Promise.race([turn(), stopped]), fail)
}
