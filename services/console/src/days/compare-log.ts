/** A completion, as the log file has it or as the log will have it. */
export interface Entry {
  taskId: string
  name: string
  completedAt: string
  /** Whether it came after the day was closed; not known from the file. */
  late?: boolean | null
}

export type Difference = 'same' | 'added' | 'removed'

/** Reads a log file: lines with the local time, the time in UTC, the id of the task and its name, with tabs between them. */
export function entriesOf(text: string): Entry[] {
  return text
    .split('\n')
    .filter(line => line !== '')
    .map(line => {
      const [, completedAt = '', taskId = '', name = ''] = line.split('\t')
      return { completedAt, taskId, name }
    })
}

const keyOf = ({ taskId, completedAt }: Entry) => `${completedAt} ${taskId}`

/**
 * Compares a log as it was written with the completions that count now.
 * @returns all entries in the order of completion: in both, only in what the log will be (added), or only in the file (removed)
 */
export function compareLog(
  written: readonly Entry[],
  counting: readonly Entry[],
): { entry: Entry; difference: Difference }[] {
  const inFile = new Set(written.map(keyOf))
  const now = new Set(counting.map(keyOf))
  const removed = written.filter(entry => !now.has(keyOf(entry)))
  return [...counting, ...removed]
    .toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
    .map(entry => {
      const both = inFile.has(keyOf(entry)) && now.has(keyOf(entry))
      return { entry, difference: both ? 'same' : now.has(keyOf(entry)) ? 'added' : 'removed' }
    })
}
