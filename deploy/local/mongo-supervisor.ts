import { setTimeout as sleep } from 'node:timers/promises'
import type { Child } from './child.ts'

export type Supervised = Pick<Child, 'stop' | 'kill'>

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 10_000

/**
 * Starts the host and, when it ends without being told to, starts it again for as long as it takes, with a line of
 * report each time.
 * @param start starts the host once; its signal says that it is no longer wanted
 * @param opening the signal of the first start
 * @returns how to end it for good; rejects when the first start does
 */
export async function superviseHost(
  start: (unwanted: AbortSignal | undefined) => Promise<Child>,
  report: (line: string) => void,
  opening: AbortSignal | undefined,
): Promise<Supervised> {
  const ending = new AbortController()
  let child: Child | undefined = await start(opening)

  const supervise = async () => {
    while (child !== undefined) {
      const how = await child.ended
      if (ending.signal.aborted) return
      report(`MongoDB: the engine ended by itself (${how}); starting it again`)
      child = await startAgain(() => start(ending.signal), ending.signal, report)
    }
  }
  const supervising = supervise()

  const end = async (by: 'stop' | 'kill') => {
    ending.abort()
    await child?.[by]()
    await supervising
  }
  return { stop: () => end('stop'), kill: () => end('kill') }
}

async function startAgain(start: () => Promise<Child>, ending: AbortSignal, report: (line: string) => void) {
  for (let pause = FIRST_PAUSE_MS; !ending.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await start()
    } catch (error) {
      if (ending.aborted) return undefined
      report(`${(error as Error).message}\nMongoDB: trying again in ${pause / 1000} s`)
      await sleep(pause, undefined, { signal: ending }).catch(() => undefined)
    }
  }
  return undefined
}
