import { setTimeout as sleep } from 'node:timers/promises'

const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 2_000

/**
 * Waits for a fact: asks again, after pauses that grow, until the answer is not undefined.
 * @param fact what is said not to have come when the deadline passes
 */
export async function waitFor<T>(
  fact: string,
  ask: () => Promise<T | undefined>,
  { deadline, signal }: { deadline: number; signal: AbortSignal },
): Promise<T> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (Date.now() > deadline) throw new Error(`It did not come to this in time: ${fact}`)
    await sleep(pause, undefined, { signal })
  }
}
