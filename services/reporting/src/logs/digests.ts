import { hash } from 'node:crypto'

/** The SHA-256 of a text in UTF-8, in hexadecimal. */
export const sha256Of = (text: string | Buffer): string => hash('sha256', text)

/** The task files of a user's day in short. */
export interface TaskFilesDigest {
  count: number
  /** What `LC_ALL=C sha256sum * | sha256sum` prints in their folder. */
  sha256: string
}

/** @param tasks the contents of task files by file name */
export function taskFilesDigest(tasks: Map<string, string>): TaskFilesDigest {
  // The order of bytes: the names begin with the ids of tasks, which differ.
  const names = [...tasks.keys()].sort()
  const lines = names.map(name => `${sha256Of(tasks.get(name) ?? '')}  ${name}\n`)
  return { count: tasks.size, sha256: sha256Of(lines.join('')) }
}
