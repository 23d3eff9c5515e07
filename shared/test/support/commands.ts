import mongoose, { type Connection } from 'mongoose'
import type { Test } from 'tap'
import type { Stack } from './stack.ts'

/** A connection to a stack's database with a record of the commands that it sent. */
export interface Commands {
  db: Connection
  /** The names of the commands in order, as in `find`, `update`. A test may empty the list. */
  sent: string[]
  /** The names of the commands that write. */
  writes: () => string[]
}

const writing = new Set(['insert', 'update', 'delete', 'findAndModify', 'bulkWrite'])

/** Opens a connection that records its commands. It is closed when the test ends. */
export async function commandsOf(t: Test, { env }: Stack): Promise<Commands> {
  const options = { dbName: env.MONGODB_DATABASE as string, monitorCommands: true }
  const db = await mongoose.createConnection(env.MONGODB_URI as string, options).asPromise()
  t.teardown(() => db.close())
  const sent: string[] = []
  db.getClient().on('commandStarted', ({ commandName }) => void sent.push(commandName))
  return { db, sent, writes: () => sent.filter(name => writing.has(name)) }
}
