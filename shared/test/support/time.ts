import { syncBuiltinESMExports } from 'node:module'
import { mock } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Test } from 'tap'

/** Time that passes only when a test says so. */
export interface Time {
  /** Lets this many milliseconds pass at once, and what waited for them run. */
  pass: (ms: number) => Promise<void>
  /** Lets time pass until the work is done: its pauses take their turn, but no time. */
  skipUntil: <T>(work: Promise<T>) => Promise<T>
}

/** Stops the clock and the timers until the test ends. */
export function stopTime(t: Test): Time {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: Date.now() })
  // Whoever imported `setTimeout` by name sees the stopped one from here on.
  syncBuiltinESMExports()
  // Both clocks go together, as the mock does not know of this one.
  const ahead = performance.now() - Date.now()
  Object.defineProperty(performance, 'now', { value: () => Date.now() + ahead, configurable: true })
  t.teardown(() => {
    Reflect.deleteProperty(performance, 'now')
    mock.timers.reset()
    syncBuiltinESMExports()
  })
  const settle = async () => {
    for (let turn = 0; turn < 5; turn += 1) await nextTurn()
  }
  return {
    async pass(ms) {
      mock.timers.tick(ms)
      await settle()
    },
    async skipUntil(work) {
      let done = false
      const end = () => {
        done = true
      }
      work.then(end, end)
      while (!done) {
        mock.timers.tick(50)
        await nextTurn()
      }
      return work
    },
  }
}
