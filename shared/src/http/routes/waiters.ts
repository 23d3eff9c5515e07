import type { FastifyBaseLogger } from 'fastify'

// Another process may have ended what is waited for, and then only this question finds it.
const ASK_EVERY_MS = 250
const MAX_WAITERS = 1000

/** Requests that wait for the end of work, for example of a job. */
export interface Waiters {
  /**
   * Waits until work has ended or does not exist any more.
   * @param ms how long to wait at most
   * @param signal frees the waiter early, for example when its client has gone
   * @returns true when the work has ended; false after `ms`, an abort or `stop`; undefined at once when too many wait
   */
  wait: (id: string, ms: number, signal: AbortSignal) => Promise<boolean | undefined>
  /** Says that work has ended in this process, so that nobody waits for the next question. */
  ended: (ids: Iterable<string>) => void
  /** Ends all waiting, and the waiting of later calls. */
  stop: () => void
}

/**
 * Makes the waiters of this process. One query for all waiters every 250 ms finds what has ended in other processes.
 * @param endedAmong returns which of these have ended
 * @param options.limit the most waiters at once
 */
export function makeWaiters(
  log: Pick<FastifyBaseLogger, 'warn'>,
  endedAmong: (ids: readonly string[]) => Promise<string[]>,
  { limit = MAX_WAITERS }: { limit?: number } = {},
): Waiters {
  const waiting = new Map<string, Set<(ended: boolean) => void>>()
  let [count, stopped] = [0, false]
  let timer: NodeJS.Timeout | undefined

  function end(ids: Iterable<string>, ended: boolean): void {
    for (const id of ids) for (const resolve of waiting.get(id) ?? []) resolve(ended)
  }
  async function ask(): Promise<void> {
    try {
      if (waiting.size > 0) end(await endedAmong([...waiting.keys()]), true)
    } catch (error) {
      // Each waiter has its own end, and the next question comes soon.
      log.warn({ err: error }, 'What requests wait for cannot be read: asking again')
    }
    timer = undefined
    askSoon()
  }
  function askSoon(): void {
    if (waiting.size > 0) timer ??= setTimeout(() => void ask(), ASK_EVERY_MS)
  }

  async function wait(id: string, ms: number, signal: AbortSignal): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const giveUp = () => resolve(false)
    const timeout = setTimeout(giveUp, ms)
    signal.addEventListener('abort', giveUp)
    const others = waiting.get(id) ?? new Set()
    waiting.set(id, others.add(resolve))
    count += 1
    askSoon()
    try {
      return await promise
    } finally {
      clearTimeout(timeout)
      signal.removeEventListener('abort', giveUp)
      others.delete(resolve)
      if (others.size === 0) waiting.delete(id)
      count -= 1
    }
  }
  return {
    async wait(id, ms, signal) {
      if (count >= limit) return undefined
      return stopped || signal.aborted ? false : wait(id, ms, signal)
    },
    ended: ids => end(ids, true),
    stop() {
      stopped = true
      end([...waiting.keys()], false)
      clearTimeout(timer)
    },
  }
}
