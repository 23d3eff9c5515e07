export interface Loop {
  /** Makes the next turn come at once; one that is under way is followed by another. */
  wake: () => void
  /** Resolves after the turn under way. */
  stop: () => Promise<void>
}

/**
 * Does something again and again, one turn at a time, the first at once.
 * @param turn does a piece of work, and answers after how many milliseconds the next is due
 * @param fail is called with what a turn throws; the loop has ended then
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
