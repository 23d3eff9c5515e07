import { createIndexes, driverCollection } from '@daybook/shared/mongo/model'
import type { Connection } from 'mongoose'
import type { SealedToken } from './code.ts'
import { codeModel } from './code-model.ts'

/** The codes that were not used yet, of all processes of the gateway. */
export interface CodeStore {
  keep: (token: SealedToken, expiresAt: Date) => Promise<void>
  /**
   * Removes a code. Of two calls with the same code, only one gets it.
   * @returns the sealed token; undefined when the code was used, has expired, or never existed
   */
  take: (id: string, now: Date) => Promise<string | undefined>
}

/** Opens the collection of codes. */
export async function openCodes(connection: Connection): Promise<CodeStore> {
  const model = codeModel(connection)
  await createIndexes(model)
  const codes = driverCollection(model)
  return {
    async keep({ id, sealed }, expiresAt) {
      await codes.insertOne({ _id: id, sealed, expiresAt })
    },
    async take(id, now) {
      // MongoDB removes expired documents once a minute.
      const found = await codes.findOneAndDelete({ _id: id, expiresAt: { $gt: now } })
      return found?.sealed
    },
  }
}
