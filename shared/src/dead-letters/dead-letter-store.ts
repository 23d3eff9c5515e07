import type { Connection } from 'mongoose'
import { boundedText } from '../failures/bounded-text.ts'
import type { IncomingMessage, RecordBody, UndecodableBatch } from '../kafka/index.ts'
import { type DeadLetter, letterModel } from './dead-letter-model.ts'
import { openLetterContents } from './letter-content-store.ts'

/** Stores a message of a consumer group as a dead letter. */
export type Park = (message: IncomingMessage, error: Error, attempts: number) => Promise<void>

/** The partition from which a consumer group read a batch. */
export interface BatchPlace {
  group: string
  topic: string
  partition: number
}

/** The `_id` of a dead letter. */
export const letterId = ({ group, topic, partition }: BatchPlace, offset: bigint): string =>
  `${group}/${topic}/${partition}/${offset}`

/** Opens the dead letters of messages. @returns a function that makes the `park` of a consumer group */
export function openDeadLetters(connection: Connection): (group: string) => Park {
  const store = letterStore(connection)
  return group => (message, error, attempts) => {
    const { topic, partition, offset, key, headers, value } = message
    return store({ group, topic, partition, offset }, { key, headers, value }, { error, attempts })
  }
}

/** Opens the dead letters of batches. @returns a function that parks a batch that cannot be decoded */
export function openBatchLetters(
  connection: Connection,
): (place: BatchPlace, batch: UndecodableBatch) => Promise<void> {
  const store = letterStore(connection)
  return (place, { baseOffset, lastOffset, codec, reason, bytes }) => {
    const content = { key: null, headers: [], value: bytes }
    const batch = { lastOffset: String(lastOffset), codec }
    return store({ ...place, offset: baseOffset }, content, { error: new Error(reason), attempts: 1, batch })
  }
}

function letterStore(connection: Connection) {
  const letters = letterModel(connection)
  const contents = openLetterContents(connection)
  return async (
    place: BatchPlace & { offset: bigint },
    content: RecordBody,
    { error, ...about }: { error: Error } & Pick<DeadLetter, 'attempts' | 'batch'>,
  ): Promise<void> => {
    const _id = letterId(place, place.offset)
    const letter = {
      ...place,
      offset: String(place.offset),
      ...(await contents.store(_id, content)),
      error: describe(error),
      ...about,
      parkedAt: new Date(),
    }
    await letters.updateOne({ _id }, { $setOnInsert: letter }, { upsert: true })
  }
}

/** Bounds the length of an error's texts, because they may contain text of a sender. */
function describe({ name, message, stack }: Error): DeadLetter['error'] {
  return {
    name: boundedText(name),
    message: boundedText(message),
    stack: stack === undefined ? null : boundedText(stack),
  }
}
