import { extname } from 'node:path'
import { Worker as Thread } from 'node:worker_threads'
import { type Logger, pino } from 'pino'
import { monotonic } from '../handling/clock.ts'
import type { Handlers } from '../handling/handlers.ts'
import { batched } from '../thread/batched.ts'
import { type FromThread, SIGN_OF_LIFE_MS, type ThreadData, type ToThread } from '../thread/messages.ts'
import type { WorkerOptions } from '../types.ts'
import { readConfig } from './config.ts'
import { openSlots } from './slots.ts'

/** The options of a worker with their defaults. */
export type CompleteOptions = Required<Omit<WorkerOptions, 'lane'>> & { lanes: string[] }

// In the repository the sources are TypeScript, in the package JavaScript.
const threadEntry = new URL(`../thread/main${extname(import.meta.url)}`, import.meta.url)

/** Runs a worker as a process, until a signal or a failure ends it. */
export function startWorker(handlers: Handlers, options: CompleteOptions, env: NodeJS.ProcessEnv): void {
  const log = pino({ name: options.name }, pino.destination({ sync: true }))
  const end = (error: Error) => {
    log.fatal({ err: error }, error.message)
    process.exit(1)
  }
  try {
    start(handlers, options, env, log, end)
  } catch (error) {
    end(error as Error)
  }
}

function start(
  handlers: Handlers,
  options: CompleteOptions,
  env: NodeJS.ProcessEnv,
  log: Logger,
  end: (error: Error) => void,
): void {
  const config = readConfig(env)
  log.level = config.LOG_LEVEL
  const { DAYBOOK_URL: url, DAYBOOK_TOKEN: token } = config
  const data: ThreadData = {
    ...options,
    kafka: config,
    logLevel: config.LOG_LEVEL,
    kinds: [...handlers.keys()],
    slots: options.concurrency,
    leaseMs: config.JOB_LEASE_SECONDS * 1000,
    api: url && token ? { url, token } : undefined,
    lastIdle: signsOfLife(),
  }
  const thread = new Thread(threadEntry, { workerData: data })
  const { send, flush } = batched<ToThread>(messages => thread.postMessage(messages))
  const toThread = (message: ToThread) => {
    send(message)
    // The handler begins next, and may block this thread.
    if (message.type === 'begun') flush()
  }
  const slots = openSlots(handlers, toThread, log)
  thread.on('message', (messages: FromThread[]) => {
    for (const message of messages)
      if (message.type === 'stopped') {
        log.info({ code: message.code }, 'stopped')
        process.exit(message.code)
      } else slots.receive(message)
  })
  thread.on('error', end)
  stopOnSignals(toThread, log)
}

/** Shows the other thread that this thread is not blocked. */
function signsOfLife(): SharedArrayBuffer {
  const shared = new SharedArrayBuffer(8)
  const lastIdle = new BigInt64Array(shared)
  const show = () => void Atomics.store(lastIdle, 0, BigInt(Math.round(monotonic())))
  show()
  setInterval(show, SIGN_OF_LIFE_MS)
  return shared
}

/** The first signal stops the worker in peace, the second at once; the third ends the process. */
function stopOnSignals(toThread: (message: ToThread) => void, log: Logger): void {
  let signals = 0
  const stop = (signal: NodeJS.Signals) => {
    signals += 1
    log.info({ signal }, signals === 1 ? 'stopping' : 'stopping at once')
    if (signals > 2) process.exit(1)
    toThread({ type: 'stop' })
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}
