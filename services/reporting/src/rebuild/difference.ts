import { isDeepStrictEqual } from 'node:util'
import type { StoredCompletion } from '../projection/completion-model.ts'
import type { UserDay } from '../projection/projector.ts'

/** How the live documents differ from rebuilt ones in one task of a user's day. */
export interface Difference extends UserDay {
  /** `missing`: only the rebuilt documents have it; `extra`: only the live ones have it; `changed`: in some fields. */
  kind: 'missing' | 'extra' | 'changed'
  /** The fields that differ; none unless it is changed. */
  fields: string[]
}

/** @returns how a live document differs from the rebuilt one. A task on another user's day is missing there, and extra here. */
export function differencesOf(
  live: StoredCompletion | undefined,
  rebuilt: StoredCompletion | undefined,
): Difference[] {
  if (live !== undefined && rebuilt !== undefined && isSamePlace(live, rebuilt)) {
    const fields = differingFields(live, rebuilt)
    return fields.length === 0 ? [] : [{ ...placeOf(live), kind: 'changed', fields }]
  }
  return [
    ...(live === undefined ? [] : [{ ...placeOf(live), kind: 'extra' as const, fields: [] }]),
    ...(rebuilt === undefined ? [] : [{ ...placeOf(rebuilt), kind: 'missing' as const, fields: [] }]),
  ]
}

const placeOf = ({ userId, day, timeZone }: StoredCompletion): UserDay => ({ userId, day, timeZone })

const isSamePlace = (a: StoredCompletion, b: StoredCompletion) => isDeepStrictEqual(placeOf(a), placeOf(b))

// Where an event was read first may differ: earlier versions stored no place, and a repetition may have been parked. And a rebuilt
// document was written later.
const unequal = new Set(['at', 'projectedAt'])

function differingFields(a: object, b: object): string[] {
  const [one, other] = [a as Record<string, unknown>, b as Record<string, unknown>]
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names.difference(unequal)].filter(name => !isDeepStrictEqual(one[name], other[name])).sort()
}
