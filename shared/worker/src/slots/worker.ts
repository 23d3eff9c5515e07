import { hostname } from 'node:os'
import { LaneName } from '../../../src/events/index.ts'
import { addHandler, type Handlers } from '../handling/handlers.ts'
import { nameCheck } from '../handling/names.ts'
import type { Handler, Worker, WorkerOptions } from '../types.ts'
import { type CompleteOptions, startWorker } from './start-worker.ts'

const handlersByWorker = new WeakMap<Worker, Handlers>()

/**
 * Makes a worker. Add its handlers with `handle`, and run it with `start`.
 * @throws Error when an option is out of its range
 */
export function worker(options: WorkerOptions = {}): Worker {
  const complete = checked(options)
  const handlers: Handlers = new Map()
  const made: Worker = {
    handle(kind, schema, handler) {
      addHandler(handlers, kind, schema, handler as Handler<unknown>)
      return made
    },
    start() {
      if (handlers.size === 0) throw new Error('The worker has no handlers: add some with handle()')
      startWorker(handlers, complete, process.env)
    },
  }
  handlersByWorker.set(made, handlers)
  return made
}

/** Returns the handlers of a worker. */
export function handlersOf(worker: Worker): Handlers {
  const handlers = handlersByWorker.get(worker)
  if (handlers === undefined) throw new Error('This is no worker: make it with worker()')
  return handlers
}

const checkLane = nameCheck('lane', LaneName)
const DAY_MS = 86_400_000

function checked(options: WorkerOptions): CompleteOptions {
  const { lane = 'default', concurrency = 8, name = hostname(), version = '' } = options
  const { stopTimeout = 20_000, graceTime = 5000 } = options
  const lanes = [...new Set(typeof lane === 'string' ? [lane] : lane)]
  for (const one of lanes) checkLane(one)
  if (lanes.length === 0 || lanes.length > 100)
    throw new Error(`lane has ${lanes.length} lanes: give it 1 to 100`)
  requireNumber('concurrency', concurrency, 1, 10_000)
  requireNumber('stopTimeout', stopTimeout, 0, DAY_MS)
  requireNumber('graceTime', graceTime, 0, DAY_MS)
  const short = (text: string) => text.toWellFormed().slice(0, 255)
  return { lanes, concurrency, name: short(name), version: short(version), stopTimeout, graceTime }
}

function requireNumber(option: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return
  throw new RangeError(`${option} is ${value}: give it a whole number from ${least} to ${most}`)
}
