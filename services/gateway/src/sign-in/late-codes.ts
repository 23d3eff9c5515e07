import { DaybookError } from '@daybook/shared/failures/errors'
import { isOutage } from '@daybook/shared/failures/outage'
import type { CodeStore } from './code-store.ts'

/**
 * The codes of a gateway that serves everything else while MongoDB is away. Until the store is open, and in each later outage, a call
 * is refused with what a person can do.
 * @param opening the store, which can take as long as MongoDB is away
 */
export function lateCodes(opening: Promise<CodeStore>): CodeStore {
  let opened: CodeStore | undefined
  opening.then(
    store => {
      opened = store
    },
    // Whoever opens the store handles that it cannot be opened.
    () => undefined,
  )
  async function use<T>(remedy: string, act: (store: CodeStore) => Promise<T>): Promise<T> {
    if (opened === undefined) throw away(remedy)
    return act(opened).catch(error => {
      throw isOutage(error) ? away(remedy, error) : error
    })
  }
  return {
    keep: (token, expiresAt) => use('Ask for one again later', store => store.keep(token, expiresAt)),
    take: (id, now) =>
      use('Open the link again later; if its code is used then, open a new link', store =>
        store.take(id, now),
      ),
  }
}

const away = (remedy: string, cause?: Error) =>
  new DaybookError(
    'DAYBOOK_STORE_UNAVAILABLE',
    `MongoDB, which has the codes for signing in, does not answer. ${remedy}`,
    { cause },
  )
