import type { AdmissionStores } from './admission-stores.ts'
import { gateLimit, kindOfGate } from './gate.ts'

// Bounds a query and an update.
const MAX_AT_ONCE = 1000

/**
 * Makes held jobs ready, as many as their gates let pass. Two processes that do it at once can make one too many ready, which
 * admission then holds again.
 * @returns how many became ready
 */
export async function releaseGates(
  { kinds, gates: store }: Pick<AdmissionStores, 'kinds' | 'gates'>,
  gates: readonly string[],
): Promise<number> {
  let released = 0
  for (let i = 0; i < gates.length; i += MAX_AT_ONCE) {
    const closed = await store.withHeld(gates.slice(i, i + MAX_AT_ONCE))
    const known = await kinds.getMany(closed.flatMap(gate => kindOfGate(gate) ?? []))
    const open = closed.filter(gate => gateLimit(gate, known) === undefined)
    while (open.length > 0) {
      const count = await store.release(new Map(open.map(gate => [gate, MAX_AT_ONCE])))
      released += count
      if (count === 0) break
    }
    const limited = closed.flatMap(gate => {
      const limit = gateLimit(gate, known)
      return limit === undefined ? [] : [{ gate, limit }]
    })
    const eligible = await store.countEligible(limited.map(({ gate }) => gate))
    const rooms = limited.map(({ gate, limit }) => [gate, limit - (eligible.get(gate) ?? 0)] as const)
    released += await store.release(new Map(rooms.filter(([, room]) => room > 0)))
  }
  return released
}
