import { syncBuiltinESMExports } from 'node:module'
import { mock } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Test } from 'tap'

/** A clock that a test moves. */
export interface Time {
  /** Moves the clock forward by milliseconds, and lets the due timers run. */
  pass: (ms: number) => Promise<void>
  /** Moves the clock forward until the work is done, so that its pauses take no real time. */
  skipUntil: <T>(work: Promise<T>) => Promise<T>
}

/** Stops the clock and the timers until the test ends. */
export function stopTime(t: Test): Time {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: Date.now() })
  // Makes modules that imported `setTimeout` by name use the stopped `setTimeout`.
  syncBuiltinESMExports()
  // Makes performance.now follow the stopped clock: the mock does not include it.
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
