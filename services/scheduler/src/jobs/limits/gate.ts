import type { Kind } from '../kinds/kind.ts'

/** What limits how many jobs are in hand at once: the jobs of one key of a kind, or the jobs of one schedule. */

const KEY = 'key:'
const SERIES = 'series:'

/** The gate of a job whose kind has `perKey`. */
export const keyGate = (kind: string, key: string) => `${KEY}${kind}/${key}`

/** The gate of a job that a schedule adds, unless the schedule allows its jobs to overlap. */
export const seriesGate = (schedule: string) => `${SERIES}${schedule}`

/** The kind whose `perKey` is the limit of a gate; undefined for the gate of a schedule. A kind's name has no slash. */
export const kindOfGate = (gate: string): string | undefined =>
  gate.startsWith(KEY) ? gate.slice(KEY.length, gate.indexOf('/')) : undefined

/**
 * How many jobs of a gate may be in hand at once; undefined if there is no limit, because the kind lost its `perKey`.
 * @param kinds has the kind of the gate
 */
export function gateLimit(gate: string, kinds: ReadonlyMap<string, Kind>): number | undefined {
  const kind = kindOfGate(gate)
  return kind === undefined ? 1 : kinds.get(kind)?.perKey
}
