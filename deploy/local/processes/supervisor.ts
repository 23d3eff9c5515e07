import { setTimeout as sleep } from 'node:timers/promises'
import type { Child } from './child.ts'

export type Supervised = Pick<Child, 'stop' | 'kill'>

/** Starts a program once. An abort of the signal means that the program is no longer wanted. */
export type StartOnce = (unwanted: AbortSignal | undefined) => Promise<Child>

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 10_000
/** A program that has run for this long is healthy: the next restart begins with the first pause again. */
const HEALTHY_AFTER_MS = 60_000

/**
 * Starts a program and restarts it whenever it ends by itself, until it is stopped or killed. Pauses between attempts
 * double up to ten seconds. Each end and each restart is reported.
 * @param opening aborts the first start
 * @returns the functions that end the program for good; rejects when the first start does
 */
export async function supervise(
  name: string,
  start: StartOnce,
  report: (line: string) => void,
  opening: AbortSignal | undefined,
): Promise<Supervised> {
  const stopping = new AbortController()
  let child: Child | undefined = await start(opening)
  const watching = watch()

  async function watch(): Promise<void> {
    let pause = FIRST_PAUSE_MS
    while (child !== undefined) {
      const began = Date.now()
      const how = await child.ended
      if (stopping.signal.aborted) return
      if (Date.now() - began > HEALTHY_AFTER_MS) pause = FIRST_PAUSE_MS
      report(
        `${name}: ended by itself (${how}); starting it again in ${pause / 1000} s\n${await child.explain()}`,
      )
      const again = await startAgain(name, start, report, stopping.signal, pause)
      child = again?.child
      pause = Math.min((again?.pause ?? pause) * 2, LONGEST_PAUSE_MS)
    }
  }

  const end = async (by: 'stop' | 'kill') => {
    stopping.abort()
    await child?.[by]()
    await watching
  }
  return { stop: () => end('stop'), kill: () => end('kill') }
}

/**
 * Tries to start the program until it is ready. Returns the program and the last pause, or undefined after a stop or a
 * kill.
 */
async function startAgain(
  name: string,
  start: StartOnce,
  report: (line: string) => void,
  stopping: AbortSignal,
  firstPause: number,
): Promise<{ child: Child; pause: number } | undefined> {
  for (let pause = firstPause; !stopping.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    await sleep(pause, undefined, { signal: stopping }).catch(() => undefined)
    try {
      const child = await start(stopping)
      report(`${name}: ready again`)
      return { child, pause }
    } catch (error) {
      if (!stopping.aborted) report(`${(error as Error).message}\n${name}: trying again`)
    }
  }
  return undefined
}
