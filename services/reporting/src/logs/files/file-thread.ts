import { parentPort } from 'node:worker_threads'
import { type FileBatch, type FileFailure, writeFiles } from './write-files.ts'

/** The program of the thread that writes log files. It answers each FileJob with a FileAnswer. */

export interface FileJob extends FileBatch {
  id: number
}

export interface FileAnswer {
  id: number
  /** By the place of the user. */
  failures: (FileFailure | undefined)[]
}

parentPort?.on('message', async (job: FileJob) => {
  const answer: FileAnswer = { id: job.id, failures: await failuresOf(job) }
  parentPort?.postMessage(answer)
})

async function failuresOf(batch: FileBatch): Promise<FileAnswer['failures']> {
  const users = batch.users.length
  try {
    return await writeFiles(batch)
  } catch (error) {
    // Nothing is durable, so all users fail.
    const { message, code } = error as NodeJS.ErrnoException
    return Array.from({ length: users }, () => ({ message, code }))
  }
}
