import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { KafkaPort } from '../../../src/kafka/index.ts'
import { type Holds, openHolds, running } from '../attempts/holds.ts'
import { recent } from '../attempts/recent.ts'
import { type Beat, type Identity, nameOf, openResults, type Results } from '../attempts/results.ts'
import { openSlots } from '../attempts/slot-queue.ts'
import { strictStart } from '../attempts/strict-start.ts'
import type { TakeDeps } from '../attempts/take-due.ts'
import type { Due } from '../handling/due.ts'
import type { ReturnReason } from '../handling/outcome.ts'
import { type Beats, blockedMs, startBeats } from './beats.ts'
import type { Orders } from './control.ts'
import type { FromThread, ThreadData } from './messages.ts'
import { makeOrders } from './orders.ts'

/** The parts of a worker that do not read Kafka. */
export interface Program {
  identity: Identity
  results: Results
  holds: Holds
  beats: Beats
  taking: TakeDeps
  orders: Orders
  setState: (state: Beat['state']) => void
  /** Tells the next beat which partitions of a lane this worker has, and sends it at once. */
  assign: (lane: string, partitions: number[]) => void
}

interface Deps {
  kafka: Pick<KafkaPort, 'publish'>
  data: ThreadData
  toMain: (message: FromThread) => void
  log: Logger
  fail: (error: Error) => void
}

/** How many attempts a worker remembers. More than Kafka delivers again after a rebalance. */
const REMEMBERED = 100_000

/** Makes the parts of a worker, and begins to beat: the first beat announces the lanes. */
export function makeProgram({ kafka, data, toMain, log, fail }: Deps): Program {
  const identity = { worker: randomUUID() }
  const lanes = new Map(data.lanes.map(lane => [lane, [] as number[]]))
  const cancelled = recent(REMEMBERED)
  let state: Beat['state'] = 'working'

  const results = openResults(kafka, identity, log)
  const slots = openSlots(data.slots)
  const abortInMain: Parameters<typeof openHolds>[0]['toMain'] = ({ name }, reason) =>
    toMain({ type: 'abort', hold: name, reason })
  const holds = openHolds({ slots, results, toMain: abortInMain, fail })
  const next = (): Beat => ({
    name: data.name,
    version: data.version,
    lanes: [...lanes].map(([lane, partitions]) => ({ lane, partitions })),
    kinds: data.kinds,
    slots: data.slots,
    running: running(holds),
    blockedMs: blockedMs(data),
    state,
  })
  const onLapse = () => {
    log.warn('no beat was acknowledged for a whole lease: aborting the running handlers')
    for (const hold of holds.all()) holds.abort(hold, 'lost')
  }
  const beats = startBeats({ results, next, leaseMs: data.leaseMs, onLapse, log, fail })
  const refusal = (due: Due): ReturnReason | undefined => {
    if (state !== 'working') return 'stopping'
    if (!data.kinds.includes(due.kind)) return 'unknown-kind'
    return cancelled.has(nameOf(due)) ? 'cancelled' : undefined
  }
  const run: TakeDeps['run'] = ({ name, due }, time) => toMain({ type: 'run', hold: name, due, time })
  const setState: Program['setState'] = next => {
    state = next
  }
  const taking = { holds, slots, results, started: recent(REMEMBERED), refusal, run, fail }
  return {
    identity,
    results,
    holds,
    beats,
    taking: { ...taking, strictStart: strictStart(data.api, identity) },
    orders: makeOrders({ holds, beats, identity, cancelled, setState, log }),
    setState,
    assign(lane, partitions) {
      lanes.set(lane, partitions)
      beats.now()
    },
  }
}
