import { type Hold, type Holds, openHolds } from '../../src/attempts/holds.ts'
import { recent } from '../../src/attempts/recent.ts'
import { openSlots } from '../../src/attempts/slot-queue.ts'
import type { TakeDeps } from '../../src/attempts/take-due.ts'
import type { Due } from '../../src/handling/due.ts'
import type { AttemptOutcome } from '../../src/handling/outcome.ts'

/** The attempts of a worker without Kafka and without handlers. */
export interface FakeAttempts {
  deps: TakeDeps
  holds: Holds
  /** What happened, in order, as in `JobStarted a`. */
  log: string[]
  /** The attempts that were passed to the main thread. */
  running: Hold[]
  /** Lets the broker acknowledge what was published until now. */
  acknowledge: () => Promise<void>
}

/** @param deps replaces parts */
export function fakeAttempts(count: number, deps: Partial<TakeDeps> = {}): FakeAttempts {
  const log: string[] = []
  const running: Hold[] = []
  const waiting: (() => void)[] = []
  const publish = async (text: string) => {
    log.push(text)
    await new Promise<void>(resolve => waiting.push(resolve))
  }
  const results = {
    async start({ job }: Due) {
      await publish(`JobStarted ${job}`)
      return { appendedAt: 1000, sentAt: 0, ackedAt: 0 }
    },
    report: ({ job }: Due, { type, data }: AttemptOutcome) =>
      publish(`${type} ${'reason' in data ? `${data.reason} ` : ''}${job}`),
  }
  const slots = openSlots(count)
  const fail = (error: Error) => {
    throw error
  }
  const toMain = ({ due }: Hold, reason: string) => void log.push(`abort ${reason} ${due.job}`)
  const holds = openHolds({ slots, results, toMain, fail })
  const all = {
    holds,
    slots,
    results: results as TakeDeps['results'],
    started: recent(10),
    refusal: () => undefined,
    strictStart: async () => undefined,
    run: (hold: Hold) => void running.push(hold),
    fail,
    ...deps,
  }
  const acknowledge = async () => {
    for (const resolve of waiting.splice(0)) resolve()
    await new Promise(setImmediate)
  }
  return { deps: all, holds, log, running, acknowledge }
}
