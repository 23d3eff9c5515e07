import type { Sample } from '@daybook/shared/process/asked-gauge'
import type { Count } from './count-store.ts'

/** The label of all kinds for which there is no label of their own. */
export const OTHER = 'other'

/**
 * Makes the function that labels kinds. Clients may invent kinds, and every label is a series for ever: so many kinds, those
 * that come first, have labels of their own.
 */
export function boundedKinds(most: number): (kind: string) => string {
  const known = new Set<string>()
  return kind => {
    if (known.size < most) known.add(kind)
    return known.has(kind) ? kind : OTHER
  }
}

/** Adds up counts by their labels. */
export function samplesOf(counts: readonly Count[], labelOf: (kind: string) => string): Sample[] {
  const samples = new Map<string, Sample>()
  for (const { kind, lane, count } of counts) {
    const labels = { kind: labelOf(kind), lane }
    const key = JSON.stringify(labels)
    samples.set(key, { labels, value: (samples.get(key)?.value ?? 0) + count })
  }
  return [...samples.values()]
}
