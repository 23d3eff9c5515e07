import { Worker } from 'node:worker_threads'
import type { FileAnswer, FileJob } from './file-thread.ts'
import type { FileBatch } from './write-files.ts'

/** A thread that writes log files, so that the writing does not stop the process. */
export interface FileThread {
  /**
   * Writes a batch. While it is flushed, the thread writes others.
   * @returns the errors by the place of their user; undefined for a user whose files are written and durable
   */
  write: (batch: FileBatch) => Promise<(Error | undefined)[]>
}

type Waiting = Map<number, PromiseWithResolvers<FileAnswer['failures']>>

// The thread keeps little. By default it would let tens of megabytes of garbage pile up.
const resourceLimits = { maxYoungGenerationSizeMb: 4 }

/** Makes the thread at its first use, and again when it has ended. It ends with the process. */
export function fileThread(): FileThread {
  let thread: { worker: Worker; waiting: Waiting } | undefined
  let jobs = 0

  function start() {
    const worker = new Worker(new URL('file-thread.ts', import.meta.url), { execArgv: [], resourceLimits })
    const waiting: Waiting = new Map()
    const started = { worker, waiting }
    worker.on('message', ({ id, failures }: FileAnswer) => {
      waiting.get(id)?.resolve(failures)
      waiting.delete(id)
      // An idle thread does not keep the process alive, a busy one does.
      if (waiting.size === 0) worker.unref()
    })
    const end = (error: Error) => {
      if (thread === started) thread = undefined
      for (const { reject } of waiting.values()) reject(error)
    }
    worker.on('error', end)
    worker.on('exit', code => end(new Error(`the thread of log files has ended with ${code}`)))
    return started
  }

  return {
    async write(batch) {
      thread ??= start()
      const { worker, waiting } = thread
      const job: FileJob = { id: jobs++, ...batch }
      const answer = Promise.withResolvers<FileAnswer['failures']>()
      waiting.set(job.id, answer)
      worker.ref()
      worker.postMessage(job)
      return (await answer.promise).map(asError)
    },
  }
}

const asError = (failure: FileAnswer['failures'][number]): Error | undefined =>
  failure &&
  Object.assign(new Error(failure.message), failure.code === undefined ? {} : { code: failure.code })
