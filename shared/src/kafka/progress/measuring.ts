import { knownEnds } from './known-ends.ts'
import type { Lag } from './watch-progress.ts'

/** How far a consumer group is, as a process has measured it. */
export interface Measured {
  /** The partitions that this process consumes. */
  lags: Lag[]
  /** All partitions, also those that other processes of the group consume. */
  groupLags: Lag[]
  at: Date
}

/**
 * Makes a measuring of one consumer's group.
 * @param ask asks Kafka how far the group is in all partitions of the topic
 * @param assigned the partitions that this process consumes now
 */
export function openMeasuring(ask: () => Promise<Lag[]>, assigned: () => readonly number[]) {
  const ends = knownEnds()
  let last: Measured | undefined
  return {
    /** @returns the partitions that this process consumes */
    async measure(): Promise<Lag[]> {
      const groupLags = ends.note(await ask(), performance.now())
      const own = assigned()
      const lags = groupLags.filter(({ partition }) => own.includes(partition))
      last = { lags, groupLags, at: new Date() }
      return lags
    },
    /** What Kafka answered last; undefined before its first answer. */
    measured: () => last,
  }
}
