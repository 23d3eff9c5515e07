/** The probes of a partition that its reader has handled without a gap. Times are by the broker's clock, in milliseconds. */
export interface ProbeSpan {
  firstAt: number
  lastAt: number
}

/** How long a lease lasts, and which pause between two probes means that broker or schedulers were away. */
export interface LeaseTimes {
  leaseMs: number
  maxGapMs: number
}

/** The lease time in milliseconds, with the pauses that follow from it. */
export const leaseTimes = (leaseMs: number) => ({
  leaseMs,
  maxGapMs: leaseMs / 2,
  /** How often probes and beats are sent. */
  beatMs: leaseMs / 6,
})

/**
 * Adds a probe to a span. A gap begins a new one: while the broker or all schedulers were away, workers could not send
 * beats, or not by HTTP.
 * @param span undefined after the partition was assigned
 */
export function withProbe(span: ProbeSpan | undefined, at: number, { maxGapMs }: LeaseTimes): ProbeSpan {
  if (span === undefined || at - span.lastAt > maxGapMs) return { firstAt: at, lastAt: at }
  return { ...span, lastAt: Math.max(span.lastAt, at) }
}

/**
 * Decides which leases of a partition have ended at a probe.
 * @returns workers whose last beat is before this instant have lost their leases; undefined while none may be judged,
 *   because the reader has not followed the partition for a whole lease
 */
export function leasesEndedBefore({ firstAt, lastAt }: ProbeSpan, { leaseMs }: LeaseTimes): Date | undefined {
  return lastAt - firstAt >= leaseMs ? new Date(lastAt - leaseMs) : undefined
}
