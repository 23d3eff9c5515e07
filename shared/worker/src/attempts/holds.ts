import type { AbortReason } from '../errors.ts'
import type { Due } from '../handling/due.ts'
import { type AttemptOutcome, type ReturnReason, returned } from '../handling/outcome.ts'
import { nameOf, type Results } from './results.ts'
import type { SlotQueue } from './slot-queue.ts'

/** An attempt that this worker has received and that has not ended. */
export interface Hold {
  name: string
  due: Due
  /** `waiting`: for a slot; `starting`: its JobStarted is on its way; `running`: the main thread has it. */
  state: 'waiting' | 'starting' | 'running'
  /** Resolves when the broker has its JobStarted; undefined before that is sent. */
  announced: Promise<unknown> | undefined
  /** Ends the waiting for a slot. Its reason is a ReturnReason. Undefined if it did not have to wait. */
  withdrawal: AbortController | undefined
  /** Why it is to end, if that was said before the main thread had it. */
  aborted: (AbortReason & ReturnReason) | undefined
  /** Whether its outcome is known. */
  ended: boolean
  /** Whether the broker has its outcome, or another worker has the attempt. */
  reported: boolean
  /** Whether it uses no slot any more. */
  settled: boolean
}

/** The attempts that this worker has. */
export interface Holds {
  get: (name: string) => Hold | undefined
  all: () => Hold[]
  add: (due: Due) => Hold
  /** Removes an attempt that waits for a slot. */
  remove: (hold: Hold) => void
  /** Asks for the end of an attempt. */
  abort: (hold: Hold, reason: AbortReason & ReturnReason) => void
  /** The attempt belongs to another worker: it is to end, and nothing is reported. */
  lose: (hold: Hold) => void
  /** Reports the outcome. Only the first one counts. */
  end: (hold: Hold, outcome: AttemptOutcome) => void
  /** The handler has ended, or will not begin: the slot is free. */
  settle: (hold: Hold) => void
  /** Resolves when there is no attempt. */
  empty: () => Promise<void>
}

interface Deps {
  slots: SlotQueue
  results: Pick<Results, 'report'>
  /** Passes an abortion to the main thread. */
  toMain: (hold: Hold, reason: AbortReason & ReturnReason) => void
  fail: (error: Error) => void
}

export function openHolds({ slots, results, toMain, fail }: Deps): Holds {
  const holds = new Map<string, Hold>()
  let whenEmpty: (() => void)[] = []
  const remove = (hold: Hold) => {
    if (holds.get(hold.name) === hold) holds.delete(hold.name)
    if (holds.size > 0) return
    for (const resolve of whenEmpty) resolve()
    whenEmpty = []
  }
  const reported = (hold: Hold) => {
    hold.reported = true
    if (hold.settled) remove(hold)
  }
  const abort: Holds['abort'] = (hold, reason) => {
    hold.withdrawal?.abort(reason)
    hold.aborted ??= reason
    if (hold.state === 'running') toMain(hold, reason)
  }
  return {
    get: name => holds.get(name),
    all: () => [...holds.values()],
    add(due) {
      const hold: Hold = { ...newHold, name: nameOf(due), due }
      holds.set(hold.name, hold)
      return hold
    },
    remove,
    abort,
    lose(hold) {
      hold.ended = true
      abort(hold, 'lost')
      reported(hold)
    },
    end(hold, outcome) {
      if (hold.ended) return
      hold.ended = true
      results.report(hold.due, outcome).then(() => reported(hold), fail)
    },
    settle(hold) {
      if (hold.settled) return
      hold.settled = true
      slots.free()
      if (hold.reported) remove(hold)
    },
    async empty() {
      if (holds.size === 0) return
      await new Promise<void>(resolve => whenEmpty.push(resolve))
    },
  }
}

const newHold = {
  state: 'waiting',
  announced: undefined,
  withdrawal: undefined,
  aborted: undefined,
  ended: false,
  reported: false,
  settled: false,
} as const

/** The attempts of a beat: those that the worker has started and not yet reported. */
export const running = (holds: Holds): { job: string; attempt: number }[] =>
  holds
    .all()
    .filter(({ state, reported }) => state !== 'waiting' && !reported)
    .map(({ due: { job, attempt } }) => ({ job, attempt }))

/** Ends an attempt before its handler began. */
export function giveBack(holds: Holds, hold: Hold, reason: ReturnReason): void {
  holds.end(hold, returned(reason))
  holds.settle(hold)
}
