import { isDeepStrictEqual } from 'node:util'
import { LONG, seededRandom } from '@daybook/shared/testing'
import type { Test } from 'tap'
import { stopClock } from '../contracts/contract.ts'

/** Draws an integer below a limit. */
export type Draw = (limit: number) => number

/** A drawn call of a store. What it returns is compared. */
export interface Command<Store> {
  name: string
  /** @param known what earlier calls of the same store have returned, for calls that need it */
  run: (store: Store, known: unknown[]) => Promise<unknown>
}

const SEQUENCES = LONG ? 300 : 12
const COMMANDS = 40
// Enough for leases to expire, and for several calls at one instant.
const PAUSES = [0, 0, 1, 400, 6000, 11_000]

/**
 * Sends the same random calls to a store in memory and to the real one, and compares every answer. The clock stands, apart from
 * drawn pauses.
 * @param draw draws a call
 * @param fresh opens both stores on empty databases
 */
export async function areEquivalent<Store>(
  t: Test,
  draw: (random: Draw) => Command<Store>,
  fresh: () => Promise<{ memory: Store; real: Store }>,
): Promise<void> {
  const random = seededRandom(t)
  const clock = stopClock(t)
  for (let sequence = 0; sequence < SEQUENCES; sequence += 1) {
    const { memory, real } = await fresh()
    const known: { memory: unknown[]; real: unknown[] } = { memory: [], real: [] }
    const names: string[] = []
    for (let i = 0; i < COMMANDS; i += 1) {
      const { name, run } = draw(random)
      names.push(name)
      const answer = await run(memory, known.memory)
      const expected = await run(real, known.real)
      if (!isDeepStrictEqual(answer, expected)) {
        t.strictSame(answer, expected, names.join(', '))
        return
      }
      known.memory.push(answer)
      known.real.push(expected)
      clock.pass(PAUSES[random(PAUSES.length)] ?? 0)
    }
  }
  t.pass(`${SEQUENCES} sequences of calls have the same answers`)
}

/** Draws one of the things. */
export const pick = <One>(random: Draw, from: readonly One[]): One => from[random(from.length)] as One

/** Draws some of the things, in any order. */
export const some = <One>(random: Draw, from: readonly One[]): One[] =>
  from
    .map(one => ({ one, place: random(1000) }))
    .sort((a, b) => a.place - b.place)
    .slice(0, 1 + random(from.length))
    .map(({ one }) => one)
