import { setTimeout as sleep } from 'node:timers/promises'

const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 2_000

/**
 * Polls until the answer is not undefined, with growing pauses.
 * @param what completes "Timed out waiting for …", the error's message
 * @param deadline in milliseconds since the epoch
 * @throws Error when the deadline has passed; the signal's reason when it is aborted
 */
export async function waitFor<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  { deadline, signal }: { deadline: number; signal: AbortSignal },
): Promise<T> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (Date.now() > deadline) throw new Error(`Timed out waiting for ${what}`)
    await sleep(pause, undefined, { signal })
  }
}
