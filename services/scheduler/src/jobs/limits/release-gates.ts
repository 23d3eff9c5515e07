import type { AdmissionStores } from './admission-stores.ts'
import { gateLimit, kindOfGate } from './gate.ts'

// Bounds a query and an update.
const MAX_AT_ONCE = 1000

/**
 * Makes held jobs ready, as many as their gates let pass. Two processes that do it at once can make one too many ready, which
 * admission then holds again.
 * @returns how many became ready
 */
export async function releaseGates(stores: GateStores, gates: readonly string[]): Promise<number> {
  let released = 0
  for (let i = 0; i < gates.length; i += MAX_AT_ONCE) {
    const page = gates.slice(i, i + MAX_AT_ONCE)
    released += await releaseHeld(stores, await stores.gates.firstHeld(page))
  }
  return released
}

type GateStores = Pick<AdmissionStores, 'kinds' | 'gates'>

/**
 * Makes held jobs of at most 1,000 gates ready, as `releaseGates` does.
 * @param first gates that have held jobs, with the id of the earliest one
 */
export async function releaseHeld(stores: GateStores, first: ReadonlyMap<string, string>): Promise<number> {
  const store = stores.gates
  const closed = [...first.keys()]
  const known = await stores.kinds.getMany(closed.flatMap(gate => kindOfGate(gate) ?? []))
  const limits = closed.map(gate => ({ gate, limit: gateLimit(gate, known) }))
  const open = limits.filter(({ limit }) => limit === undefined).map(({ gate }) => gate)
  const limited = limits.flatMap(({ gate, limit }) => (limit === undefined ? [] : [{ gate, limit }]))
  const eligible = await store.countEligible(limited.map(({ gate }) => gate))
  const rooms = limited.map(({ gate, limit }) => [gate, limit - (eligible.get(gate) ?? 0)] as const)
  // Mostly there is room for one job. These jobs are known already, which saves a query for each of their gates.
  const single = rooms.filter(([, room]) => room === 1).map(([gate]) => first.get(gate) as string)
  const others = await store.earliestHeld(new Map(rooms.filter(([, room]) => room > 1)))
  return (await releaseAll(store, open)) + (await store.release([...single, ...others]))
}

/** Makes all held jobs of gates without a limit ready. */
async function releaseAll(store: GateStores['gates'], gates: readonly string[]): Promise<number> {
  let released = 0
  while (gates.length > 0) {
    const ids = await store.earliestHeld(new Map(gates.map(gate => [gate, MAX_AT_ONCE])))
    if (ids.length === 0) break
    released += await store.release(ids)
  }
  return released
}
