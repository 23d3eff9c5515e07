/** A running loop. */
export interface Loop {
  /** Starts the next turn at once, or directly after the current turn. */
  wake: () => void
  /** Ends the loop. Resolves after the current turn. */
  stop: () => Promise<void>
}

/**
 * Starts a loop: runs turns one after the other, the first at once.
 * @param turn does the work of a turn and returns the pause until the next turn, in milliseconds
 * @param fail receives the error of a turn; the loop has ended
 */
export function startLoop(turn: () => Promise<number>, fail: (error: Error) => void): Loop {
  let stopping = false
  let woken = false
  let endRest = () => {}

  async function rest(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, ms)
    endRest = resolve
    if (woken || stopping) resolve()
    await promise
    clearTimeout(timer)
  }

  async function run(): Promise<void> {
    while (!stopping) {
      woken = false
      await rest(await turn())
    }
  }

  const running = run().catch(error => {
    if (!stopping) fail(error)
  })
  return {
    wake() {
      woken = true
      endRest()
    },
    async stop() {
      stopping = true
      endRest()
      await running
    },
  }
}
