// A gap in the notes that is longer than this is a stop. Notes are made each second.
const MAX_GAP_MS = 5000

/**
 * Decides about the clock by which the waiting jobs of a kind expire. It stands while they can't be sent: while the kind is
 * paused, while no worker reads its lane, and while no scheduler runs.
 * - `stands`: nothing expires;
 * - `continues`: it stood until now, so expiries are put off first;
 * - `runs`.
 * @param isOpen whether jobs of the kind can be sent now
 * @param served until when they could be sent, as it was noted; undefined: never
 */
export function expiryClock(
  isOpen: boolean,
  served: Date | undefined,
  now: Date,
): 'stands' | 'continues' | 'runs' {
  if (!isOpen) return 'stands'
  return served === undefined || now.getTime() - served.getTime() > MAX_GAP_MS ? 'continues' : 'runs'
}
