import type { Gateway } from '@daybook/client'

type Told = NonNullable<Gateway.Health['consumers']>[number]

/** A consumer of a process. A process of an earlier version tells only its own partitions. */
export type Consumer = Omit<Told, 'groupPartitions'> & Partial<Told>

/** How far a consumer group is behind its topic, as one process of its service has measured it. */
export interface GroupLag {
  group: string
  topic: string
  /** Why that process does not consume; undefined while it does. */
  trouble: string | undefined
  /** How many records follow. */
  records: number
  /** For how long the oldest record waits that the group has not handled; undefined when that was not measured. */
  seconds: number | undefined
}

/** Returns the lag of each group: that of its slowest partition, whichever process consumes it. */
export function lagsOf(consumers: readonly Consumer[]): GroupLag[] {
  return consumers.map(({ group, topic, state, measuredAt, partitions: own, groupPartitions }) => {
    const partitions = groupPartitions ?? own
    const behind = partitions.filter(({ lag }) => lag !== '0')
    const isKnown = measuredAt !== null && behind.every(({ behindSeconds }) => behindSeconds !== undefined)
    return {
      group,
      topic,
      trouble: state === 'consuming' ? undefined : state,
      records: partitions.reduce((sum, { lag }) => sum + Number(lag), 0),
      seconds: isKnown ? Math.max(0, ...behind.map(({ behindSeconds = 0 }) => behindSeconds)) : undefined,
    }
  })
}

/** The lags that were seen of each group, in seconds, the newest last. */
export type LagHistory = ReadonlyMap<string, readonly number[]>

// A look every 10 s, so this is a minute.
const KEPT_LOOKS = 7
// The lag of a group that keeps up goes up and down by a few seconds.
const NOISE_SECONDS = 5

/** Adds a look to the history. */
export function noteLags(history: LagHistory, lags: readonly GroupLag[]): LagHistory {
  const next = new Map(history)
  for (const { group, topic, seconds } of lags) {
    const key = `${group} ${topic}`
    if (seconds === undefined) next.delete(key)
    else next.set(key, [...(next.get(key) ?? []), seconds].slice(-KEPT_LOOKS))
  }
  return next
}

export type Trend = 'grows' | 'shrinks' | 'steady'

/** Whether the lag of a group has grown within the last minute. */
export function trendOf(history: LagHistory, { group, topic }: GroupLag): Trend {
  const seen = history.get(`${group} ${topic}`) ?? []
  const change = (seen.at(-1) ?? 0) - (seen[0] ?? 0)
  if (Math.abs(change) < NOISE_SECONDS) return 'steady'
  return change > 0 ? 'grows' : 'shrinks'
}
