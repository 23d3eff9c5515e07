import { type Manifests, manifestPath } from '../../../../services/reporting/src/manifests/manifest-files.ts'
import { type Reach, reachAtOnce } from '../database.ts'

/** The lines of manifests by path, which outlive the processes. */
export type StoredManifests = Map<string, readonly string[]>

/** `manifestFiles` in memory. A line that is appended is whole; a crash may come between two lines. */
export function memoryManifests(stored: StoredManifests = new Map(), reach: Reach = reachAtOnce): Manifests {
  return {
    async read(of) {
      const lines = await reach('manifests.read', () => stored.get(manifestPath(of)))
      return lines && each(lines)
    },
    async create(of, lines) {
      const made = await Array.fromAsync(lines)
      return reach('manifests.create', () => {
        if (stored.has(manifestPath(of))) return false
        stored.set(manifestPath(of), made)
        return true
      })
    },
    remove: of => reach('manifests.remove', () => void stored.delete(manifestPath(of))),
    async append(of, lines) {
      for (const line of lines) {
        const isThere = await reach('manifests.append', () => {
          const known = stored.get(manifestPath(of))
          if (known !== undefined) stored.set(manifestPath(of), [...known, line])
          return known !== undefined
        })
        if (!isThere) return false
      }
      return true
    },
  }
}

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines
}
