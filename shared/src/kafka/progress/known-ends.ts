import type { Lag } from './watch-progress.ts'

// Of a partition with more measurements than that, the second oldest is forgotten: what counts is mostly the oldest.
const MAX_KEPT = 1000

interface End {
  end: bigint
  at: number
}

/** Remembers where partitions ended when, and so says for how long the next record of a group has been there. */
export interface KnownEnds {
  /** Adds a measurement. @returns the same lags with `behindMs` */
  note: (lags: readonly Lag[], now: number) => Lag[]
}

/** Makes a memory of the ends of the partitions of one topic. Its precision is the time between two measurements. */
export function knownEnds(): KnownEnds {
  const known = new Map<number, End[]>()
  return {
    note: (lags, now) =>
      lags.map(lag => {
        const ends = (known.get(lag.partition) ?? []).filter(({ end }) => end > lag.position)
        const isNew = lag.end > lag.position && ends.at(-1)?.end !== lag.end
        if (isNew) ends.push({ end: lag.end, at: now })
        if (ends.length > MAX_KEPT) ends.splice(1, 1)
        known.set(lag.partition, ends)
        const [first] = ends
        return { ...lag, behindMs: first === undefined ? 0 : now - first.at }
      }),
  }
}
