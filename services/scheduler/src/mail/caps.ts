/** How many mails any hour may have: in all, and to the same addresses. */
export interface Caps {
  inAll: number
  toSame: number
}

/** The place of one mail under the caps. It is taken for an hour. */
export interface Place {
  /** The id of the mail. */
  mail: string
  /** The addresses of the mail, see `addressesKey`. */
  to: string
  at: Date
}

/** `places` when the mail may be sent: the places with its own. `freeAt` when it may not: when to ask again. */
export type Taken = { places: Place[]; isLast: boolean } | { freeAt: Date }

export const HOUR_MS = 3_600_000

/** Makes the key of a set of addresses: the order of the addresses does not matter. */
export const addressesKey = (to: readonly string[]): string => [...new Set(to)].sort().join(',')

/**
 * Takes a place for a mail, if the hour that ends now then has no more mails than the caps allow. A mail that has a place
 * already gets a new one for it.
 * @param places the places taken so far, oldest first
 * @returns `isLast`: the next mail to these addresses has to wait
 */
export function takePlace(places: readonly Place[], mail: Omit<Place, 'at'>, caps: Caps, now: Date): Taken {
  const others = places.filter(one => one.mail !== mail.mail)
  const lasting = others.filter(({ at }) => at.getTime() > now.getTime() - HOUR_MS)
  const same = lasting.filter(({ to }) => to === mail.to)
  // Of n places under a cap c, the oldest n - c + 1 must end before another one can be taken.
  const blocking = [lasting[lasting.length - caps.inAll], same[same.length - caps.toSame]]
  const ends = blocking.flatMap(place => (place === undefined ? [] : [place.at.getTime() + HOUR_MS]))
  if (ends.length > 0) return { freeAt: new Date(Math.max(...ends)) }
  const isLast = lasting.length + 1 >= caps.inAll || same.length + 1 >= caps.toSame
  return { places: [...lasting, { ...mail, at: now }], isLast }
}
