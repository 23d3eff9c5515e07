import { AsyncLocalStorage } from 'node:async_hooks'
import { syncBuiltinESMExports } from 'node:module'
import timers from 'node:timers'
import timersPromises from 'node:timers/promises'
import type { Random } from './random.ts'
import { makeTimers, type Timer } from './timers.ts'

/** Whose timers they are: the timers of a process that has ended do not run. */
export interface TimerOwner {
  alive: boolean
}

/** The time of a simulation, which moves from timer to timer. */
export interface Time {
  /** Milliseconds of the monotonic clock. */
  now: () => number
  /** The wall clock, in milliseconds since 1970. */
  wall: () => number
  /** Moves the wall clock forward at once, as on a machine that was suspended. */
  jump: (ms: number) => void
  /** Runs code as a process, whose timers end with it. */
  as: <T>(owner: TimerOwner, work: () => T) => T
  /** Calls back after milliseconds, whichever process has ended. */
  after: (ms: number, run: () => void) => void
  /** Waits. The wait of a process that has ended never ends. */
  sleep: (ms: number) => Promise<void>
  /** Runs timers until `isOver` says after one of them that it is enough, or none is left. */
  runUntil: (isOver: () => boolean) => Promise<void>
}

const RealDate = Date
const owners = new AsyncLocalStorage<TimerOwner>()
const none: TimerOwner = { alive: true }

// Resolves when no microtask is left. `process.nextTick` from a microtask runs after all of them, without a turn of the event loop.
const microtasksDone = () => new Promise<void>(resolve => process.nextTick(resolve))

/**
 * Replaces clocks, timers and `Math.random` of this process while `work` runs. Nothing in it may wait for real I/O.
 * @param start the wall clock at the start, in milliseconds since 1970
 */
export async function inSimulatedTime<T>(
  { start, random }: { start: number; random: Random },
  work: (time: Time) => Promise<T>,
): Promise<T> {
  const waiting = makeTimers()
  let [now, ahead] = [1, start - 1]

  const wall = () => now + ahead
  function add(ms: number | undefined, run: () => void): Timer {
    const owner = owners.getStore() ?? none
    return waiting.add(now + Math.max(1, Math.ceil(ms ?? 1)), () => {
      if (owner.alive) owners.run(owner, run)
    })
  }
  /** Wakes code that awaits, which keeps its owner itself. */
  function wake(ms: number | undefined, resolve: () => void): Timer {
    const owner = owners.getStore() ?? none
    return waiting.add(now + Math.max(1, Math.ceil(ms ?? 1)), () => {
      if (owner.alive) resolve()
    })
  }
  const sleep = (ms?: number) => new Promise<void>(resolve => void wake(ms, resolve))
  const time: Time = {
    now: () => now,
    wall,
    jump(ms) {
      ahead += ms
    },
    as: (owner, work) => owners.run(owner, work),
    after: (ms, run) => void waiting.add(now + ms, run),
    sleep,
    async runUntil(isOver) {
      do {
        await microtasksDone()
        const timer = waiting.take()
        if (timer === undefined) return
        now = Math.max(now, timer.at)
        timer.run()
      } while (!isOver())
      await microtasksDone()
    },
  }
  const restore = replaceGlobals({ add, wake, wall, now: () => now, random: random.next })
  try {
    return await work(time)
  } finally {
    restore()
  }
}

interface Fakes {
  add: (ms: number | undefined, run: () => void) => Timer
  wake: (ms: number | undefined, resolve: () => void) => Timer
  wall: () => number
  now: () => number
  random: () => number
}

/** @returns the function that puts everything back */
function replaceGlobals({ add, wake, wall, now, random }: Fakes): () => void {
  const cancel = (timer: unknown) => {
    if (timer) (timer as Timer).cancelled = true
  }
  const setTimeout = (run: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) =>
    add(ms, () => run(...args))
  const setInterval = (run: () => void, ms: number) => {
    const interval = { cancelled: false }
    const next = () =>
      add(ms, () => {
        if (interval.cancelled) return
        next()
        run()
      })
    next()
    return interval
  }
  const setImmediate = (run: () => void) => add(0, run)
  const callbacks = {
    setTimeout,
    setInterval,
    setImmediate,
    clearTimeout: cancel,
    clearInterval: cancel,
    clearImmediate: cancel,
  }
  const promises = {
    setTimeout: (ms?: number, value?: unknown, options?: { signal?: AbortSignal }) =>
      abortable(ms, value, options?.signal, wake),
    setImmediate: (value?: unknown) => abortable(0, value, undefined, wake),
  }
  const undo = [
    replace(globalThis, { ...callbacks, Date: dateAt(wall) }),
    replace(timers, callbacks),
    replace(timersPromises, promises),
    replace(performance, { now }),
    replace(Math, { random }),
  ]
  // Modules that imported a timer by name get the new one.
  syncBuiltinESMExports()
  return () => {
    for (const one of undo) one()
    syncBuiltinESMExports()
  }
}

function abortable(
  ms: number | undefined,
  value: unknown,
  signal: AbortSignal | undefined,
  wake: Fakes['wake'],
): Promise<unknown> {
  if (signal === undefined) return new Promise(resolve => void wake(ms, () => resolve(value)))
  return new Promise((resolve, reject) => {
    const refuse = () => {
      timer.cancelled = true
      reject(new DOMException('The operation was aborted', 'AbortError'))
    }
    const timer = wake(ms, () => {
      signal.removeEventListener('abort', refuse)
      resolve(value)
    })
    if (signal.aborted) return refuse()
    signal.addEventListener('abort', refuse, { once: true })
  })
}

function dateAt(wall: () => number): DateConstructor {
  function FakeDate(...args: [] | [number]) {
    return args.length === 0 ? new RealDate(wall()) : new RealDate(...args)
  }
  const statics = { now: wall, parse: RealDate.parse, UTC: RealDate.UTC, prototype: RealDate.prototype }
  return Object.assign(FakeDate, statics) as unknown as DateConstructor
}

function replace(target: object, values: object): () => void {
  const undo = Object.keys(values).map(name => {
    const before = Object.getOwnPropertyDescriptor(target, name)
    Object.defineProperty(target, name, {
      value: values[name as keyof typeof values],
      configurable: true,
      writable: true,
      enumerable: before?.enumerable ?? false,
    })
    return () => {
      if (before === undefined) Reflect.deleteProperty(target, name)
      else Object.defineProperty(target, name, before)
    }
  })
  return () => {
    for (const one of undo) one()
  }
}
