import { setTimeout as sleep } from 'node:timers/promises'
import { startLoop } from '@daybook/shared/async/loop'
import { isOutage } from '@daybook/shared/failures/outage'
import type { StoredLimit, WriterLimits } from './writer-limit-store.ts'

/** Lets the writers of a process wait, so that they keep the limit. */
export interface Pace {
  /** Waits until files may be written. Costs nothing without a limit. Throws the error of a heartbeat. */
  wait: (files: number, heartbeat: () => Promise<void>) => Promise<void>
  /** Whether a batch waits now. */
  isWaiting: () => boolean
  /** Takes a limit that was set in this process. */
  use: (limit: StoredLimit) => void
  stop: () => Promise<void>
}

const READ_EVERY_MS = 2000
const SLICE_MS = 1000

/** Follows the stored limit, which another process may change. During an outage the last known limit holds. */
export function startPace(
  limits: Pick<WriterLimits, 'read' | 'reserve'>,
  fail: (error: Error) => void,
): Pace {
  let limit: StoredLimit | undefined
  let changed = Promise.withResolvers<void>()
  // When the next batch of this process may begin, by the monotonic clock.
  let nextFree = 0
  let waiting = 0

  function use(read: StoredLimit): void {
    if (limit === undefined || read.version > limit.version) take(read)
  }

  function take(read: StoredLimit): void {
    limit = read
    nextFree = 0
    changed.resolve()
    changed = Promise.withResolvers()
  }

  async function readLimit(): Promise<StoredLimit> {
    use(await limits.read())
    return limit as StoredLimit
  }

  /** Sleeps while the limit is of a version. @returns whether it still is */
  async function sleepUnder(
    version: number,
    until: number,
    heartbeat: () => Promise<void>,
  ): Promise<boolean> {
    while (limit?.version === version) {
      const left = until - performance.now()
      if (left <= 0) return true
      await Promise.race([sleep(Math.min(left, SLICE_MS)), changed.promise])
      await heartbeat()
    }
    return false
  }

  /** @returns whether the files may be written now: false when the limit has changed meanwhile */
  async function waitUnder(
    { version, perProcess, total }: StoredLimit,
    files: number,
    heartbeat: () => Promise<void>,
  ): Promise<boolean> {
    if (perProcess !== null) {
      const start = Math.max(performance.now(), nextFree)
      nextFree = start + (files * 1000) / perProcess
      if (!(await sleepUnder(version, start, heartbeat))) return false
    }
    if (total === null) return true
    const ms = await limits.reserve(files, version)
    if (ms !== undefined) return sleepUnder(version, performance.now() + ms, heartbeat)
    // The limit that is stored holds, also when its version is lower because the database was restored.
    const stored = await limits.read()
    if (stored.version !== limit?.version) take(stored)
    return false
  }

  const loop = startLoop(async () => {
    try {
      await readLimit()
    } catch (error) {
      if (!isOutage(error)) throw error
    }
    return READ_EVERY_MS
  }, fail)

  return {
    async wait(files, heartbeat) {
      let known = limit ?? (await readLimit())
      waiting += 1
      try {
        while (!(await waitUnder(known, files, heartbeat))) known = limit ?? known
      } finally {
        waiting -= 1
      }
    },
    isWaiting: () => waiting > 0,
    use,
    stop: loop.stop,
  }
}
