import type { IncomingMessage } from '@daybook/shared/kafka'
import { collectionOf } from '@daybook/shared/mongo'
import type { Connection } from 'mongoose'

/** A message that could not be handled, with all that is needed to find out why and to handle it later. */
export interface DeadLetter {
  /** `<group>/<topic>/<partition>/<offset>`: parking a message twice is parking it once. */
  _id: string
  group: string
  topic: string
  partition: number
  offset: string
  key: string | null
  headers: Record<string, string>
  value: Buffer | null
  error: { name: string; message: string; stack: string | undefined }
  attempts: number
  parkedAt: Date
}

/** Parks a message of a consumer group. */
export type Park = (message: IncomingMessage, error: Error, attempts: number) => Promise<void>

/** @returns what makes the `park` of a consumer group */
export function openDeadLetters(connection: Connection): (group: string) => Park {
  const letters = collectionOf<DeadLetter>(connection, 'dead_letters')
  return group => async (message, error, attempts) => {
    const { topic, partition, key, headers, value } = message
    const offset = String(message.offset)
    const _id = `${group}/${topic}/${partition}/${offset}`
    const why = { name: error.name, message: error.message, stack: error.stack }
    const letter = {
      group,
      topic,
      partition,
      offset,
      key,
      headers,
      value,
      error: why,
      attempts,
      parkedAt: new Date(),
    }
    await letters.updateOne({ _id }, { $setOnInsert: letter }, { upsert: true })
  }
}
