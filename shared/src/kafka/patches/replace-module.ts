import { createRequire } from 'node:module'

/** Puts something in the place of what a module of kafkajs exports, for all modules that load it from now on. */
export function replaceModule<Exports>(name: string, replacement: (exported: Exports) => Exports): void {
  const require = createRequire(import.meta.url)
  const path = require.resolve(name)
  const exported = require(path) as Exports
  const loaded = require.cache[path]
  if (loaded === undefined) throw new Error(`${path} is not in the cache of modules`)
  loaded.exports = replacement(exported)
}
