import { parentPort } from 'node:worker_threads'
import { type FileBatch, type FileFailure, writeFiles } from './write-files.ts'

/** The program of a thread that writes log files. It answers each FileBatch with a FileAnswer. */

export interface FileAnswer {
  /** By the place of the user. */
  failures: (FileFailure | undefined)[]
}

parentPort?.on('message', (batch: FileBatch) => {
  parentPort?.postMessage(answer(batch))
})

function answer(batch: FileBatch): FileAnswer {
  try {
    return { failures: writeFiles(batch) }
  } catch (error) {
    // Nothing is durable, so all users fail.
    const { message, code } = error as NodeJS.ErrnoException
    return { failures: batch.users.map(() => ({ message, code })) }
  }
}
