import type { Overlap } from './new-job.ts'

/** How many jobs of a schedule must be known to decide about another one. */
export const ENOUGH_UNENDED = 2

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
      return unended < ENOUGH_UNENDED ? 'add' : 'skip'
    case 'cancel':
      return unended === 0 ? 'add' : 'cancel-others'
  }
}
