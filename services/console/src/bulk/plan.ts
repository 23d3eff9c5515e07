import type { Problem } from '../api/problem.ts'

/** A command for many things, with a count first: jobs to retry, dead letters to delete. */

/** How many things a command would be about. */
export interface Counted {
  matching: number
  /** Whether there are more: not all were counted. */
  more: boolean
  /** When they were counted. The command leaves alone what matches only later. */
  countedAt: string
}

/** What became of a command. */
export interface Outcome {
  done: number
  /** They had changed meanwhile, so nothing was to be done. */
  skipped: number
  failed: number
  /** Why the rest was not tried, or why one failed. */
  problem?: Problem | undefined
  /** Why one of them was not done, in a sentence. */
  reason?: string | undefined
  /** What became of the rest when the command ended too early, in a sentence. */
  cut?: string
  /** A person has stopped it before its end. */
  isStopped?: boolean
}

/**
 * Says how far a command is.
 * @param done how many things are done
 * @returns whether to go on: false when a person has stopped it
 */
export type Tell = (done: number) => boolean

/** A command for chosen things, which begins at once. */
export interface Command {
  /** As in "Retry". */
  verb: string
  /** Which things, as in "jobs that failed, of the kind send-invoice". */
  words: string
  /** Says what became of it. */
  outcomeText: (outcome: Outcome) => string
  /** How many things, when it can be stopped between them. */
  of?: number
  /** Carries it out. */
  run: (tell: Tell) => Promise<Outcome>
}

/** A command for all that match, which asks first. */
export interface Plan extends Omit<Command, 'run' | 'of'> {
  /** One of the things, as in "job". */
  thing: string
  /** Says what the command leaves alone of what changes after the count. */
  later: string
  /** What a person should know before. */
  warning?: string
  /** Whether a person can choose fewer than all. */
  canBeFewer?: boolean
  count: () => Promise<{ data?: Counted; error?: Problem }>
  /** @param most so many things at most */
  run: (counted: Counted, most: number, tell: Tell) => Promise<Outcome>
}

/** Says how many things a command is about, when not all were counted too: "at least 100,000 jobs". */
export function countWords({ matching, more }: Counted, thing: string): string {
  if (matching === 0) return `all ${thing}s that match`
  return more ? `at least ${numberOf(matching, thing)}` : numberOf(matching, thing)
}

/** Writes a number of things: "1 job", "1,204 jobs". */
export const numberOf = (count: number, thing: string): string =>
  `${count.toLocaleString('en')} ${thing}${count === 1 ? '' : 's'}`
