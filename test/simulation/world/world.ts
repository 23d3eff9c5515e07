import type { Faults } from './faults.ts'
import type { Random } from './random.ts'
import type { Time, TimerOwner } from './time.ts'
import type { Trace } from './trace.ts'

/** What all processes of a simulation share. */
export interface World {
  time: Time
  random: Random
  faults: Faults
  trace: Trace
  /** When the last of the slow accesses so far has its answer, by the monotonic clock. */
  slowUntil: number
}

/** An access that takes longer than this is slow. */
const SLOW_MS = 1000

/** A server, or the disk, that processes reach. */
export interface Server {
  name: string
  isOut: () => boolean
  /** An error as of a server that does not answer. */
  outage: () => Error
}

/** One access to a server: nothing comes between its parts. */
export type Access = <T>(server: Server, what: string, access: () => T) => Promise<T>

/** A process of a service. When it ends, what it has in memory is lost and its accesses never return. */
export interface Process extends TimerOwner {
  name: string
  world: World
  reach: Access
  onEnd: (listener: () => void) => void
  end: () => void
}

/** The accesses of a process to one server. */
export const reachOf =
  ({ reach }: Process, server: Server) =>
  <T>(what: string, access: () => T): Promise<T> =>
    reach(server, what, access)

const never = () => new Promise<never>(() => undefined)

/** @param onKilled called when a fault has ended the process */
export function makeProcess(name: string, world: World, onKilled: (process: Process) => void): Process {
  const { time, random, faults, trace } = world
  const listeners: (() => void)[] = []

  function kill(what: string): Promise<never> {
    trace.note(time.wall(), name, `is killed at ${what}`)
    faults.counts.crashes += 1
    process.end()
    onKilled(process)
    return never()
  }
  function wait(ms: number): Promise<void> {
    if (ms > SLOW_MS) world.slowUntil = Math.max(world.slowUntil, time.now() + ms)
    return time.sleep(ms)
  }
  const process: Process = {
    name,
    world,
    alive: true,
    async reach(server, what, access) {
      if (!process.alive) return never()
      const delay = faults.delay()
      if (delay > 0) await wait(delay)
      if (server.isOut()) {
        await time.sleep(random.between(1, 300))
        throw server.outage()
      }
      if (!process.alive) return never()
      if (faults.kills()) return kill(what)
      const result = access()
      trace.note(time.wall(), name, what)
      if (faults.kills()) return kill(what)
      const answer = faults.delay()
      if (answer > 0) await wait(answer)
      if (!process.alive) return never()
      if (faults.losesAnswer()) throw server.outage()
      return result
    },
    onEnd(listener) {
      if (process.alive) listeners.push(listener)
      else listener()
    },
    end() {
      if (!process.alive) return
      process.alive = false
      for (const listener of listeners) listener()
    },
  }
  return process
}
