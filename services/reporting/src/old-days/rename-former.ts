import { formerName, safeName } from '../logs/file-names.ts'
import type { LogDays } from '../logs/files/log-days.ts'
import type { FormerNames } from './former-names-store.ts'
import type { LogAgeStore } from './log-ages-store.ts'

/** The greatest age of days, in milliseconds, that an earlier version that runs beside this one still writes. */
const RECENT_MS = 40 * 86_400_000

export interface RenameDeps {
  files: Pick<LogDays, 'rename'>
  ages: LogAgeStore
  formerNames: FormerNames
}

/**
 * Renames the files that earlier versions wrote under other names: at first of all days, then only of recent days, which an earlier
 * version may have written since. It can be stopped and repeated, and several processes may do it.
 */
export async function renameFormer({ files, ages, formerNames }: RenameDeps, now: Date): Promise<void> {
  const { renamedOn } = await ages.read()
  const since = renamedOn === '' ? '' : dayOf(Date.parse(renamedOn) - RECENT_MS)
  for await (const { day, userId } of formerNames.since(since)) {
    const before = formerName(userId)
    if (before !== undefined) await files.rename(day, before, safeName(userId))
  }
  await ages.advance('renamedOn', dayOf(now.getTime()))
}

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)
