import type { Kind, Rate } from '../kinds/kind.ts'
import type { SharedLimit } from '../kinds/shared-limit.ts'

/** A limit of jobs in hand; `name` is the part of its places before the number. */
export interface PlaceLimit {
  name: string
  limit: number
}

/** A rate by its id in the store. Every kind has one, because every kind can be paused for a time. */
export interface NamedRate {
  id: string
  rate?: Rate
}

const KIND = 'kind:'

/** The id of the rate of a kind. */
export const kindRate = (kind: string) => `${KIND}${kind}`

/** The kind of a rate. */
export const kindOfRate = (id: string) => id.slice(KIND.length)

/** What limits the jobs of a kind, apart from their gates. */
export interface KindLimits {
  paused: boolean
  places: PlaceLimit[]
  rates: NamedRate[]
}

/** The limits of a kind. Shared limits that do not exist limit nothing. */
export function limitsOf(kind: Kind, shared: ReadonlyMap<string, SharedLimit>): KindLimits {
  const own = { id: kindRate(kind.name), rate: kind.rate, inFlight: kind.inFlight }
  const others = kind.limits
    .flatMap(name => shared.get(name) ?? [])
    .map(({ name, rate, inFlight }) => ({ id: `limit:${name}`, rate, inFlight }))
  const all = [own, ...others]
  return {
    paused: kind.paused,
    places: all.flatMap(({ id, inFlight }) =>
      inFlight === undefined ? [] : [{ name: id, limit: inFlight }],
    ),
    rates: [
      { id: own.id, ...(own.rate && { rate: own.rate }) },
      ...others.flatMap(({ id, rate }) => (rate === undefined ? [] : [{ id, rate }])),
    ],
  }
}
