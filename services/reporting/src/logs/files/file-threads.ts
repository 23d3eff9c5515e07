import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { FileAnswer } from './file-thread.ts'
import type { FileBatch } from './write-files.ts'

/** Threads that write log files, so that the flushes of the disk do not stop the process. */
export interface FileThreads {
  /**
   * Writes a batch on a free thread.
   * @returns the errors by the place of their user; undefined for a user whose files are written and durable
   */
  write: (batch: FileBatch) => Promise<(Error | undefined)[]>
}

// A thread keeps little. By default it would let tens of megabytes of garbage pile up.
const resourceLimits = { maxYoungGenerationSizeMb: 4 }

/** Makes the threads, each of them at its first use. They end with the process. */
export function fileThreads(count: number): FileThreads {
  const free: (Worker | undefined)[] = Array.from({ length: count }, () => undefined)
  const waiting: ((worker: Worker | undefined) => void)[] = []

  async function take(): Promise<Worker> {
    const worker =
      free.length > 0 ? free.pop() : await new Promise<Worker | undefined>(resolve => waiting.push(resolve))
    return worker ?? new Worker(new URL('file-thread.ts', import.meta.url), { execArgv: [], resourceLimits })
  }

  function giveBack(worker: Worker | undefined): void {
    const next = waiting.shift()
    if (next === undefined) free.push(worker)
    else next(worker)
  }

  return {
    async write(batch) {
      const worker = await take()
      // An idle thread does not keep the process alive, a busy one does.
      worker.ref()
      let alive = false
      try {
        worker.postMessage(batch)
        // Rejects with the error of a thread that ended, and another thread takes its place.
        const [{ failures }] = (await once(worker, 'message')) as [FileAnswer]
        alive = true
        return failures.map(asError)
      } finally {
        worker.unref()
        giveBack(alive ? worker : undefined)
      }
    },
  }
}

const asError = (failure: FileAnswer['failures'][number]): Error | undefined =>
  failure &&
  Object.assign(new Error(failure.message), failure.code === undefined ? {} : { code: failure.code })
