import { isOutage } from '@daybook/shared/failures/outage'
import type { Service } from '@daybook/shared/process/service'
import type { Logger } from 'pino'
import { makeProcess, type Process, type World } from '../world/world.ts'

/** A service instance that is started again whenever its process ends. */
export interface Instance {
  /** The process that runs now; undefined between two processes. */
  process: () => Process | undefined
  /** Stops the process as SIGTERM does, and starts the next one. */
  restart: () => Promise<void>
}

/** As in `runService`. */
const STOP_LIMIT_MS = 10_000

interface Options {
  name: string
  log: Logger
  /** Starts a process: opens its ports, and what runs on them. */
  start: (service: Service, process: Process) => Promise<void>
  /** Called when a process ends with an error, which no fault explains. */
  onFailure: (error: Error) => void
}

/** Keeps a process of a service running. Its supervisor starts it again after a while. */
export function launch(world: World, { name, log, start, onFailure }: Options): Instance {
  const { time, random, trace } = world
  let current: { process: Process; stop: () => Promise<void> } | undefined

  function startLater(): void {
    current = undefined
    time.after(random.between(50, random.chance(0.2) ? 20_000 : 2000), startNow)
  }

  function startNow(): void {
    const process = makeProcess(name, world, startLater)
    const closing = new AsyncDisposableStack()
    const stopping = new AbortController()
    let isStarted = false
    const fail = (error: Error) => {
      if (!process.alive || (stopping.signal.aborted && error.name === 'AbortError')) return
      trace.note(time.wall(), name, `fails: ${error.message}`)
      // A process that cannot start during an outage is started again.
      if (isStarted || !isOutage(error)) onFailure(error)
      process.end()
      startLater()
    }
    current = {
      process,
      async stop() {
        stopping.abort()
        await time.as(process, () => closing.disposeAsync())
      },
    }
    trace.note(time.wall(), name, 'starts')
    const service = { name, log, closing, fail, signal: stopping.signal }
    const started = () => {
      isStarted = true
    }
    const notStarted = (error: Error) => {
      if (!stopping.signal.aborted) fail(error)
    }
    time.as(process, () => void start(service, process).then(started, notStarted))
  }

  startNow()
  return {
    process: () => current?.process,
    async restart() {
      if (current === undefined) return
      const { process, stop } = current
      trace.note(time.wall(), name, 'stops')
      await Promise.race([stop(), new Promise<void>(resolve => time.after(STOP_LIMIT_MS, resolve))])
      if (!process.alive) return
      process.end()
      startLater()
    },
  }
}
