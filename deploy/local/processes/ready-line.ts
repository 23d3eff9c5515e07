/**
 * Returns the line that reports a ready server to a person, with the seconds that its start took.
 * @param began when the start began, in milliseconds since the epoch
 */
export function readyLine(name: string, address: string, began: number): string {
  return `${name}: ready on ${address} (${((Date.now() - began) / 1000).toFixed(1)} s)`
}
