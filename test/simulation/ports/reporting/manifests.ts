import { type Manifests, manifestPath } from '../../../../services/reporting/src/manifests/manifest-files.ts'

/** `manifestFiles` in memory. */
export function memoryManifests(): Manifests {
  const manifests = new Map<string, string[]>()
  return {
    async read(of) {
      const lines = manifests.get(manifestPath(of))
      return lines && each([...lines])
    },
    async create(of, lines) {
      const made = await Array.fromAsync(lines)
      if (manifests.has(manifestPath(of))) return false
      manifests.set(manifestPath(of), made)
      return true
    },
    async remove(of) {
      manifests.delete(manifestPath(of))
    },
    async append(of, lines) {
      const known = manifests.get(manifestPath(of))
      known?.push(...lines)
      return known !== undefined
    },
  }
}

async function* each(lines: string[]): AsyncGenerator<string> {
  yield* lines
}
