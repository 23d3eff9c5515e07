/** The places of a limit: an attempt in hand has one of them. Its number is unique among the attempts of the limit. */
export interface Places {
  limit: number
  /** How many attempts are in hand. It can be more than `limit` after the limit was lowered. */
  inHand: number
  /** The numbers that they have. */
  taken: Set<number>
}

/** The name of a place, as it is stored in a job. */
export const placeName = (limit: string, number: number) => `${limit}#${number}`

/** The limit and the number of a place. The name of a limit can contain `#` too. */
export function parsePlace(place: string): { limit: string; number: number } {
  const at = place.lastIndexOf('#')
  return { limit: place.slice(0, at), number: Number(place.slice(at + 1)) }
}

/** The lowest number that is free; undefined when as many attempts as the limit allows are in hand. */
export function freePlace({ limit, inHand, taken }: Places): number | undefined {
  if (inHand >= limit) return undefined
  let number = 0
  while (taken.has(number)) number += 1
  return number
}

/** Notes that one more attempt is in hand. */
export function occupy(places: Places, number: number): void {
  places.inHand += 1
  places.taken.add(number)
}
