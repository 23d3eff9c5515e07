import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { logPath } from './file-names.ts'
import { contentOf, GZ, plainName } from './files/gzip.ts'
import { unless } from './files/unless.ts'

/** The `logPath` of a user's day with the folder of the log files before it. */
export const pathOf = (root: string, day: string, userId: string): string => join(root, logPath(day, userId))

/** The files of a user's day as they are. */
export interface FoundFiles {
  log: Buffer | undefined
  /** The contents of the task files by file name. */
  tasks: Map<string, Buffer>
}

/** Reads log files, compressed ones too. It changes nothing. Names are those of files that are not compressed. */
export interface LogReader {
  /** A user's log, or undefined when there is none. */
  read: (day: string, userId: string) => Promise<Buffer | undefined>
  readAll: (day: string, userId: string) => Promise<FoundFiles>
  /** The names in the folder of a day: `<user>.log` and `<user>`. */
  names: (day: string) => Promise<string[]>
}

/** @param root the folder of the log files */
export function logReader(root: string): LogReader {
  const content = async (path: string) => {
    const bytes = await unless(noFile, readFile(path))
    return bytes && contentOf(path, bytes)
  }
  // A file is compressed before the plain one is removed, so in this order one of them is found.
  const read = async (day: string, userId: string) => {
    const path = `${pathOf(root, day, userId)}.log`
    return (await content(path)) ?? (await content(path + GZ))
  }
  return {
    read,
    async readAll(day, userId) {
      const folder = pathOf(root, day, userId)
      const tasks = new Map<string, Buffer>()
      for (const name of (await unless(noFile, readdir(folder))) ?? []) {
        const found = await content(join(folder, name))
        if (found !== undefined) tasks.set(plainName(name), found)
      }
      return { log: await read(day, userId), tasks }
    },
    async names(day) {
      const found = (await unless(noFile, readdir(join(root, day)))) ?? []
      return [...new Set(found.map(plainName))]
    },
  }
}

/** The error codes of a path without a file: it is missing, leads through a file, or is a directory or a link to itself. */
const noFile = ['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP']
