import { readdir } from 'node:fs/promises'
import type { Benchmark } from './benchmark.ts'

const folder = new URL('../benchmarks/', import.meta.url)

/**
 * Loads benchmarks: each file of bench/benchmarks exports one as `benchmark`.
 * @param names the wanted ones; without a name, all that need not be named
 * @throws Error when there is no benchmark of a name
 */
export async function loadBenchmarks(names: string[]): Promise<Benchmark[]> {
  const known = (await readdir(folder))
    .filter(file => file.endsWith('.ts'))
    .map(file => file.slice(0, -'.ts'.length))
    .sort()
  for (const name of names)
    if (!known.includes(name))
      throw new Error(`There is no benchmark "${name}". There are: ${known.join(', ')}`)
  const wanted = names.length > 0 ? names : known
  const loaded = await Promise.all(
    wanted.map(
      async name =>
        ((await import(new URL(`${name}.ts`, folder).href)) as { benchmark: Benchmark }).benchmark,
    ),
  )
  const chosen = loaded.filter(({ onlyWhenNamed }) => names.length > 0 || !onlyWhenNamed)
  return [...chosen.filter(({ last }) => !last), ...chosen.filter(({ last }) => last)]
}
