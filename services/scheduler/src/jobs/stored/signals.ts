import type { FinalState } from './job.ts'

/** A job that has just ended. */
export interface FinishedJob {
  id: string
  kind: string
  lane: string
  state: FinalState
  gate?: string
  group?: string
  /** Its continuation, which may be due now. */
  then?: string
  reason?: string
  error?: string
}

/** How long an attempt took: from when its job was due to its start, and from its start to its end. In milliseconds. */
export interface AttemptTimes {
  kind: string
  waitedMs?: number
  ranMs?: number
}

/**
 * What the parts of this process tell each other, so that they act at once. A signal is never needed for correctness: it can
 * be lost with the process, and other processes do not get it. So every listener also searches the store regularly.
 */
export interface SignalTypes {
  /** Jobs became ready, or a worker has a free slot. */
  work: undefined
  /** Attempts of these gates have ended, or jobs of these gates are due. */
  gatesFreed: readonly string[]
  finished: readonly FinishedJob[]
  /** So many jobs were stored. */
  added: number
  /** Attempts have started or ended. */
  attempts: readonly AttemptTimes[]
}

export interface Signals {
  emit: <Name extends keyof SignalTypes>(name: Name, value: SignalTypes[Name]) => void
  /** @param listener must not throw */
  on: <Name extends keyof SignalTypes>(name: Name, listener: (value: SignalTypes[Name]) => void) => void
}

export function makeSignals(): Signals {
  const listeners = new Map<string, ((value: never) => void)[]>()
  return {
    emit(name, value) {
      for (const listener of listeners.get(name) ?? []) listener(value as never)
    },
    on(name, listener) {
      listeners.set(name, [...(listeners.get(name) ?? []), listener])
    },
  }
}
