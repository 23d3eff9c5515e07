/** What is done with the files of whole days. Every function can be repeated, and several processes may do the same. */
export interface LogDays {
  /** The days that have files, in their order. */
  days: () => Promise<string[]>
  /** Removes all files of a day. */
  removeDay: (day: string) => Promise<void>
  /**
   * Compresses the files of a day, some in each step. The compressed file is there before the plain one is removed, and a compressed
   * file that is there is kept: a writer has made it.
   */
  compressDay: (day: string) => AsyncGenerator<void>
  /**
   * Gives the files of a user's day the user's current name. Those that a writer has written under that name since are kept.
   * @param from the user's name before, see `formerName`
   * @param to the current name
   */
  rename: (day: string, from: string, to: string) => Promise<void>
}

/** How many files one step compresses. */
export const FILES_AT_ONCE = 200

/** Whether a name in the place of the log files is that of a day. */
export const isDay = (name: string): boolean => /^\d{4}-\d\d-\d\d$/.test(name)
