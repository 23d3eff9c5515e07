import type { DaybookError } from './errors.ts'

/** The blocked parts of a process. A blocked part retries, and succeeds only after an operator has acted. */
export interface Blocks {
  /**
   * Marks a part as blocked because of `error`; undefined removes the mark. A part that stays blocked calls this again
   * after each attempt.
   */
  set: (part: string, error: DaybookError | undefined) => void
  /** The parts that are blocked now, each with the error that tells an operator what to do. */
  list: () => ReadonlyMap<string, DaybookError>
}

// Milliseconds after which a mark expires: longer than the pause between two attempts. A part that stops retrying does not
// renew its mark, for example after its partition went to another process.
const MARK_LASTS_MS = 120_000

/** Makes the list of blocked parts, empty. */
export function openBlocks(): Blocks {
  const blocked = new Map<string, { error: DaybookError; notedAt: number }>()
  return {
    set(part, error) {
      if (error === undefined) blocked.delete(part)
      else blocked.set(part, { error, notedAt: performance.now() })
    },
    list() {
      const lasting = [...blocked].filter(([, { notedAt }]) => performance.now() - notedAt < MARK_LASTS_MS)
      return new Map(lasting.map(([part, { error }]) => [part, error]))
    },
  }
}
