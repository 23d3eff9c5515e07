import type { Read } from '../../elements/use-read.ts'
import type { LetterGroups } from './letter.ts'

/** How many groups of letters were read. */
export const countOf = (groups: LetterGroups | undefined): number => groups?.groups.length ?? 0

/**
 * The instant as of which it is known that no service has a dead letter, in milliseconds since 1970: that of the oldest answer.
 * @returns undefined when a service has some, or has not answered the last time
 */
export function noneSince(reads: readonly Omit<Read<LetterGroups>, 'again'>[]): number | undefined {
  const isKnown = reads.every(({ data, problem }) => data?.groups.length === 0 && problem === undefined)
  return isKnown ? Math.min(...reads.map(({ readAt }) => readAt)) : undefined
}
