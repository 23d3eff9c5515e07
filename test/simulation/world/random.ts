/** Random choices that one seed determines. */
export interface Random {
  /** A number in [0, 1). */
  next: () => number
  /** An integer in [from, to]. */
  between: (from: number, to: number) => number
  /** Whether something with this probability happens. */
  chance: (probability: number) => boolean
  pick: <T>(from: readonly T[]) => T
}

/** Makes a generator (mulberry32). The same seed gives the same numbers. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  // Seeds that follow each other begin alike.
  for (let i = 0; i < 4; i += 1) next()
  return {
    next,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    chance: probability => next() < probability,
    pick: from => from[Math.floor(next() * from.length)] as never,
  }
}
