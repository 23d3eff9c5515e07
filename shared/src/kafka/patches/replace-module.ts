import { createRequire } from 'node:module'

/** Replaces the exports of a module of kafkajs for all modules that load it later. */
export function replaceModule<Exports>(name: string, replacement: (exported: Exports) => Exports): void {
  const require = createRequire(import.meta.url)
  const path = require.resolve(name)
  const exported = require(path) as Exports
  const loaded = require.cache[path]
  if (loaded === undefined) throw new Error(`${path} is not in the cache of modules`)
  loaded.exports = replacement(exported)
}
