import { registerHooks } from 'node:module'
import type { Mutant } from './mutants.ts'

/**
 * Inserts a bug into a file that is loaded later in this thread.
 * @returns a function that throws if the file was not loaded
 */
export function insertMutant({ name, file, changes }: Mutant): () => void {
  let isInserted = false
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context)
      if (!url.endsWith(file)) return loaded
      let source = String(loaded.source)
      for (const { find, replace } of changes) {
        if (source.split(find).length !== 2)
          throw new Error(`"${name}": ${file} has to contain this text once: ${find}`)
        source = source.replace(find, () => replace)
      }
      isInserted = true
      return { ...loaded, source }
    },
  })
  return () => {
    if (!isInserted) throw new Error(`"${name}": ${file} was not loaded`)
  }
}
