import { driverCollection } from '@daybook/shared/mongo/model'
import { streamOf } from '@daybook/shared/mongo/stream'
import type { Connection } from 'mongoose'
import { userLogModel } from '../logs/user-log-model.ts'

/** The logs of users whose files had another name in earlier versions, see `formerName`. */
export interface FormerNames {
  /** Streams the logs of a day and later. */
  since: (day: string) => AsyncIterable<{ day: string; userId: string }>
}

export function openFormerNames(connection: Connection): FormerNames {
  const logs = driverCollection(userLogModel(connection))
  return {
    async *since(day) {
      const ofUsers = { _id: { $gte: day, $regex: '\\.log\\.gz$' } }
      // Only in the index, because there are next to none.
      const found = logs.find<{ _id: string }>(ofUsers, { projection: { _id: 1 }, hint: '_id_' })
      for await (const { _id } of streamOf(found)) {
        const [of = ''] = _id.split('/', 1)
        yield { day: of, userId: _id.slice(of.length + 1) }
      }
    },
  }
}
