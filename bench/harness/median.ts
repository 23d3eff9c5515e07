/** @returns the middle of the values in their order, the mean of the two middle ones of an even number */
export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [upper = Number.NaN, lower = upper] = [
    sorted[middle],
    sorted.length % 2 ? undefined : sorted[middle - 1],
  ]
  return (lower + upper) / 2
}

/** @returns the smallest value that a share of the values does not exceed: share 0.99 is the 99th percentile */
export function percentile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}
