import { placeOf } from '../../projection/place.ts'
import type { Run } from '../../runs/run-model.ts'

/**
 * Whether a completion came after its day was closed: the run has those before its first barrier.
 * @param at where its event is, see `placeText`
 * @param run of its day in its time zone
 * @returns null before there is a run, or without a place
 */
export function isLate(at: string | undefined, run: Run | undefined): boolean | null {
  if (at === undefined || run?.closingOffsets === undefined) return null
  const { partition, offset } = placeOf(at)
  return offset >= BigInt(run.closingOffsets[partition] ?? 0)
}
