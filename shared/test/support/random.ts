import { randomInt } from 'node:crypto'
import type { Test } from 'tap'

/** Makes a generator of integers below a limit, from the seed in the environment or a new one. Prints the seed. */
export function seededRandom(t: Test): (limit: number) => number {
  const seed = Number(process.env.SEED ?? randomInt(2 ** 31))
  t.comment(`SEED=${seed}`)
  let state = seed
  return limit => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }
}
