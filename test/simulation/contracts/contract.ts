import { mock } from 'node:test'
import type { Test } from 'tap'

/** Opens a store as one more process does. */
export type Open<Store> = () => Promise<Store>

/**
 * A suite about a store, which the real store and the one in memory pass. It uses only the interface of the store.
 * @param fresh makes an empty database, and returns what opens the store on it
 */
export type Contract<Store> = (t: Test, fresh: () => Promise<Open<Store>>) => void

/** A clock that only a test moves. Timers run on. */
export interface Clock {
  /** Moves the clock by milliseconds. */
  pass: (ms: number) => void
}

/** Stops `Date` and `performance.now` until the test ends. */
export function stopClock(t: Test, instant = '2026-11-23T00:00:00.000Z'): Clock {
  mock.timers.enable({ apis: ['Date'], now: Date.parse(instant) })
  const ahead = performance.now() - Date.now()
  Object.defineProperty(performance, 'now', { value: () => Date.now() + ahead, configurable: true })
  t.teardown(() => {
    Reflect.deleteProperty(performance, 'now')
    mock.timers.reset()
  })
  return { pass: ms => mock.timers.setTime(Date.now() + ms) }
}
