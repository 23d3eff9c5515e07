import { setTimeout as sleep } from 'node:timers/promises'
import { waitOut } from '@daybook/shared/failures/outage'
import type { Offsets } from '@daybook/shared/kafka'
import { type Progress, progressText } from '@daybook/shared/process/progress'
import type { Logger } from 'pino'

const POLL_MS = 200
const REPORT_MS = 5000

interface Waiting {
  /** What is waited for, as in `reading the events`. */
  what: string
  /** Is told each five seconds how much is left. */
  report: (line: string) => void
  log: Logger
  /** Ends the wait with its reason. */
  signal: AbortSignal
}

/**
 * Waits until a position has passed offsets, also through outages.
 * @param ask returns the position
 */
export const waitUntilPassed = (ask: () => Promise<Offsets>, end: Offsets, waiting: Waiting): Promise<void> =>
  waitUntilNone(async () => recordsBetween(await ask(), end), waiting)

/**
 * Waits until no record is left, also through outages.
 * @param countLeft returns how many are left
 */
export async function waitUntilNone(
  countLeft: () => Promise<number>,
  { what, report, log, signal }: Waiting,
): Promise<void> {
  let [reportAt, first] = [performance.now() + REPORT_MS, undefined as Progress | undefined]
  for (;;) {
    signal.throwIfAborted()
    const left = await waitOut(what, countLeft, { log, signal })
    if (left === 0) return
    const now = { left, at: performance.now() }
    first ??= now
    if (now.at >= reportAt) {
      reportAt = now.at + REPORT_MS
      report(`${what}: ${progressText(first, now, 'records')}`)
    }
    await sleep(POLL_MS)
  }
}

function recordsBetween(position: Offsets, end: Offsets): number {
  const left = [...end].map(([partition, offset]) => offset - (position.get(partition) ?? 0n))
  return Number(left.reduce((sum, one) => sum + (one > 0n ? one : 0n), 0n))
}
