import { DaybookError } from '@daybook/shared/failures/errors'

// A browser needs one, and a page without TLS one for each tab.
const STREAMS_PER_USER = 100

/** Counts the open streams of each user. */
export class Places {
  readonly #taken = new Map<string, number>()

  /**
   * Takes a place for a stream.
   * @returns a function that gives it back
   * @throws DaybookError DAYBOOK_TOO_MANY_REQUESTS when the user has too many streams
   */
  take(user: string): () => void {
    const taken = this.#taken.get(user) ?? 0
    if (taken === STREAMS_PER_USER) {
      const message = `You have ${STREAMS_PER_USER} streams of events open, the most that one user may have: close tabs or programs that follow them`
      throw new DaybookError('DAYBOOK_TOO_MANY_REQUESTS', message)
    }
    this.#taken.set(user, taken + 1)
    return () => this.#giveBack(user)
  }

  #giveBack(user: string): void {
    const left = (this.#taken.get(user) ?? 0) - 1
    if (left > 0) this.#taken.set(user, left)
    else this.#taken.delete(user)
  }
}
