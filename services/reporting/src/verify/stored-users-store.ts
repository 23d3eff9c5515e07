import { beginningWith } from '@daybook/shared/mongo/beginning-with'
import { driverCollection } from '@daybook/shared/mongo/model'
import type { Connection } from 'mongoose'
import { userLogModel } from '../logs/user-log-model.ts'
import { completionModel } from '../projection/completion-model.ts'

/** @returns the users of whom the projection or the records of logs know something on a day */
export async function storedUsers(connection: Connection, day: string): Promise<Set<string>> {
  const users = new Set<string>()
  const projected = driverCollection(completionModel(connection)).aggregate<{ _id: string }>([
    { $match: { day } },
    { $group: { _id: '$userId' } },
  ])
  for await (const { _id } of projected) users.add(_id)
  const logs = driverCollection(userLogModel(connection)).find(
    { _id: beginningWith(`${day}/`) },
    { projection: { userId: 1 } },
  )
  for await (const { userId } of logs) users.add(userId)
  return users
}
