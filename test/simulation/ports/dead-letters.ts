import { type BatchPlace, letterId, type Park } from '@daybook/shared/dead-letters/dead-letter-store'
import type { RecordBody } from '@daybook/shared/kafka'
import { collectionOf } from './collection.ts'
import type { Connection } from './database.ts'

/** A dead letter in memory: what was parked, and why. */
export interface MemoryLetter extends Omit<RecordBody, 'headers'> {
  _id: string
  group: string
  topic: string
  partition: number
  offset: string
  timestamp: number
  error: { name: string; message: string }
  attempts: number
  parkedAt: Date
}

/** `openDeadLetters` in memory. */
export function memoryDeadLetters(
  connection: Connection,
  onParked: (place: BatchPlace) => void = () => undefined,
): (group: string) => Park {
  const letters = collectionOf<MemoryLetter>(connection, 'dead_letters')
  return group => async (message, error, attempts) => {
    if (message.isReplay) throw error
    const { topic, partition, offset, timestamp, key, value } = message
    const place = { group, topic, partition }
    const isNew = await letters.insert({
      _id: letterId(place, offset),
      ...place,
      offset: String(offset),
      timestamp,
      key,
      value,
      error: { name: error.name, message: error.message },
      attempts,
      parkedAt: new Date(),
    })
    if (isNew) onParked(place)
  }
}
