/** What is on the axis at one instant. */
export interface AxisPoint {
  /** In milliseconds since 1970. */
  at: number
}

export interface Placed<P extends AxisPoint> {
  point: P
  /** From the left, in percent. */
  x: number
}

// Now is in the middle, and each half has its own scale: the past of a schedule can be a year and its future an hour.
const NOW = 50

/**
 * Places points on an axis from the first to the last of them, with now in the middle.
 * @param now in milliseconds since 1970
 */
export function axisPlaces<P extends AxisPoint>(points: readonly P[], now: number): Placed<P>[] {
  const times = points.map(({ at }) => at)
  const [first, last] = [Math.min(now, ...times), Math.max(now, ...times)]
  return points.map(point => {
    const { at } = point
    const part = at < now ? (at - now) / (now - first) : (at - now) / Math.max(1, last - now)
    return { point, x: NOW + part * NOW }
  })
}
