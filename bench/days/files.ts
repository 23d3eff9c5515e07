import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The files of a day, as one text that is equal only when all names and all bytes are. */
export function digestOf(dir: string): string {
  const hash = createHash('sha256')
  let files = 0
  const add = (folder: string) => {
    const entries = readdirSync(folder, { withFileTypes: true })
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name)
      hash.update(`${entry.name}\0`)
      if (entry.isDirectory()) add(path)
      else {
        files += 1
        hash.update(readFileSync(path)).update('\0')
      }
    }
  }
  add(dir)
  return `${files} files, SHA-256 ${hash.digest('hex')}`
}

/** Compares the files of all programs of a benchmark with those of the first one that has written them. */
export class SameFiles {
  #expected: string | undefined

  /** @throws Error when the files differ: a speed with wrong files means nothing */
  check(name: string, dir: string): void {
    const found = digestOf(dir)
    this.#expected ??= found
    if (found !== this.#expected)
      throw new Error(`${name} wrote ${found} in ${dir}; the first program wrote ${this.#expected}`)
  }
}

/**
 * Makes a function that names the folder of the next run. All runs stay until the end of the benchmark: for minutes after
 * many files were removed, ext4 makes new ones several times more slowly.
 */
export function newFolders(root: string): () => string {
  let run = 0
  return () => join(root, `run-${run++}`)
}
