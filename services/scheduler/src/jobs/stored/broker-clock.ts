/**
 * Estimates Kafka's clock, from the times at which it appended records of this process. It decides when attempts may start;
 * whether one did start in time is judged by the time at which Kafka appended its JobStarted, so an estimate that is wrong
 * only costs attempts that are returned.
 */
export interface BrokerClock {
  /** The estimated time in milliseconds since the epoch; undefined until the first record was appended. */
  now: () => number | undefined
  /** @param appendedAt the broker's time of a record that this process has just published, in milliseconds since the epoch */
  saw: (appendedAt: number | undefined) => void
}

export function makeBrokerClock(): BrokerClock {
  let offset: number | undefined
  return {
    now: () => (offset === undefined ? undefined : Math.round(performance.now() + offset)),
    saw(appendedAt) {
      if (appendedAt !== undefined) offset = appendedAt - performance.now()
    },
  }
}
