/** Reads something for all who ask for it at about the same time. */
export type SharedReads<Read> = (key: string, read: () => Promise<Read>) => Promise<Read>

/**
 * Makes a function that reads once for all who ask for the same key within some time.
 * @param within milliseconds; nobody gets what was read earlier
 */
export function sharedReads<Read>(within: number): SharedReads<Read> {
  const recent = new Map<string, { at: number; reading: Promise<Read> }>()
  return (key, read) => {
    const at = performance.now()
    for (const [other, one] of recent) if (at - one.at >= within) recent.delete(other)
    const known = recent.get(key)
    if (known !== undefined) return known.reading
    const reading = read()
    recent.set(key, { at, reading })
    return reading
  }
}
