/** Milliseconds between two values that are passed on. */
const INTERVAL_MS = 1000

/**
 * Passes values on, at most one a second: of the values within a second after one that was passed on, only the last one.
 * @returns `add` takes a value; `flush` passes on what waits, at once
 */
export function throttle<Value>(pass: (value: Value) => void): {
  add: (value: Value) => void
  flush: () => void
} {
  let waiting: { value: Value } | undefined
  let timer: NodeJS.Timeout | undefined
  const next = () => {
    timer = undefined
    if (waiting === undefined) return
    const { value } = waiting
    waiting = undefined
    timer = setTimeout(next, INTERVAL_MS)
    pass(value)
  }
  return {
    add(value) {
      waiting = { value }
      if (timer === undefined) next()
    },
    flush() {
      clearTimeout(timer)
      next()
      clearTimeout(timer)
      timer = undefined
    },
  }
}
