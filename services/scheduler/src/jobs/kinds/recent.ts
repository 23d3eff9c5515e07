/** Values by name that are read from the store and kept for a moment. */
export interface Recent<Value> {
  get: (name: string) => Promise<Value>
  /** The values of names; one read for all that are not known. */
  getMany: (names: Iterable<string>) => Promise<Map<string, Value>>
  forget: (name: string) => void
}

const MAX_NAMES = 10_000

/**
 * Keeps what was read for at most a second, so that thousands of jobs cost one read, and a change of another process holds
 * soon.
 * @param read reads values by name; a name without a value gets its default
 */
export function recent<Value>(read: (names: string[]) => Promise<Map<string, Value>>): Recent<Value> {
  const known = new Map<string, { value: Promise<Value>; until: number }>()
  const fresh = (name: string) => {
    const entry = known.get(name)
    return entry !== undefined && performance.now() < entry.until ? entry.value : undefined
  }

  function load(names: string[]): void {
    if (known.size + names.length > MAX_NAMES) known.clear()
    const until = performance.now() + 1000
    const all = read(names)
    for (const name of names) {
      const value = all.then(values => values.get(name) as Value)
      known.set(name, { value, until })
      // The caller gets the error; the next call reads again.
      value.catch(() => known.get(name)?.value === value && known.delete(name))
    }
  }

  async function getMany(names: Iterable<string>): Promise<Map<string, Value>> {
    const wanted = [...new Set(names)]
    const unknown = wanted.filter(name => fresh(name) === undefined)
    if (unknown.length > 0) load(unknown)
    const values = wanted.map(async name => [name, await (known.get(name)?.value as Promise<Value>)] as const)
    return new Map(await Promise.all(values))
  }

  return {
    getMany,
    get: async name => (await getMany([name])).get(name) as Value,
    forget: name => void known.delete(name),
  }
}
