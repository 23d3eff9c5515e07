import type { Overlap } from './new-job.ts'

const MAX_QUEUED = 2

/** How many jobs of a schedule that have not ended are to be read to decide about another one. */
export const unendedToRead: Record<Overlap, number> = { allow: 0, skip: 1, queue: MAX_QUEUED, cancel: 10_000 }

/**
 * Decides what to do with another job of a schedule.
 * @param unended how many of its jobs have not ended
 * @returns `add`: it waits for the others if they must not overlap; `skip`: it is not run; `cancel-others`: it is added, and the
 *   others are cancelled
 */
export function decideOverlap(overlap: Overlap, unended: number): 'add' | 'skip' | 'cancel-others' {
  switch (overlap) {
    case 'allow':
      return 'add'
    case 'skip':
      return unended === 0 ? 'add' : 'skip'
    // One runs and one waits: more would pile up.
    case 'queue':
      return unended < MAX_QUEUED ? 'add' : 'skip'
    case 'cancel':
      return unended === 0 ? 'add' : 'cancel-others'
  }
}
