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

const microtask = Promise.resolve()

/** Calls back when no microtask is left, without a turn of the event loop: a tick that a microtask asks for runs after all of them. */
function afterMicrotasks(run: () => void): void {
  void microtask.then(() => process.nextTick(run))
}

// Replaced once in each thread, because that takes longer than a short simulation.
let current: Fakes | undefined
let isReplaced = false

/**
 * Replaces clocks, timers and `Math.random` of this thread. Nothing in `work` may wait for real I/O. Before and after it, the clocks
 * are the real ones, and there are no timers.
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
    runUntil: isOver =>
      new Promise((resolve, reject) => {
        function next(): void {
          const timer = waiting.take()
          if (timer === undefined) {
            resolve()
            return
          }
          now = Math.max(now, timer.at)
          try {
            timer.run()
            afterMicrotasks(isOver() ? resolve : next)
          } catch (error) {
            reject(error)
          }
        }
        afterMicrotasks(next)
      }),
  }
  if (!isReplaced) replaceGlobals()
  isReplaced = true
  current = { add, wake, wall, now: () => now, random: random.next }
  try {
    return await work(time)
  } finally {
    current = undefined
  }
}

interface Fakes {
  add: (ms: number | undefined, run: () => void) => Timer
  wake: (ms: number | undefined, resolve: () => void) => Timer
  wall: () => number
  now: () => number
  random: () => number
}

/** The fakes of the simulation that runs. */
function fakes(): Fakes {
  if (current === undefined) throw new Error('A timer needs a simulation that runs')
  return current
}

function replaceGlobals(): void {
  const real = { now: performance.now.bind(performance), random: Math.random }
  const add: Fakes['add'] = (ms, run) => fakes().add(ms, run)
  const wake: Fakes['wake'] = (ms, resolve) => fakes().wake(ms, resolve)
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
  const wall = () => (current === undefined ? RealDate.now() : current.wall())
  replace(globalThis, { ...callbacks, Date: dateAt(wall) })
  replace(timers, callbacks)
  replace(timersPromises, promises)
  replace(performance, { now: () => (current === undefined ? real.now() : current.now()) })
  replace(Math, { random: () => (current === undefined ? real.random() : current.random()) })
  // Modules that imported a timer by name get the new one.
  syncBuiltinESMExports()
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

function replace(target: object, values: object): void {
  for (const name of Object.keys(values)) {
    const before = Object.getOwnPropertyDescriptor(target, name)
    Object.defineProperty(target, name, {
      value: values[name as keyof typeof values],
      configurable: true,
      writable: true,
      enumerable: before?.enumerable ?? false,
    })
  }
}
