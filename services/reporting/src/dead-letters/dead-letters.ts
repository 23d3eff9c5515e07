import { boundedText } from '@daybook/shared/failures/bounded-text'
import type { IncomingMessage, RecordBody, UndecodableBatch } from '@daybook/shared/kafka'
import { collectionOf } from '@daybook/shared/mongo/connect-mongo'
import type { Connection } from 'mongoose'
import { openLetterContents, type StoredContent } from './letter-contents.ts'

/**
 * A message that could not be handled, with all that is needed to find out why and to handle it later; or a whole
 * batch that could not be decoded, whose bytes are the content's value.
 */
export interface DeadLetter extends StoredContent {
  /** `<group>/<topic>/<partition>/<offset>`: parking a message twice is parking it once. */
  _id: string
  group: string
  topic: string
  partition: number
  /** Of a batch, its base offset. */
  offset: string
  /** Set on a batch. */
  batch?: { lastOffset: string; codec: string }
  error: { name: string; message: string; stack: string | undefined }
  attempts: number
  parkedAt: Date
}

/** Parks a message of a consumer group. */
export type Park = (message: IncomingMessage, error: Error, attempts: number) => Promise<void>

/** Where a batch was read, and by which group. */
export interface BatchPlace {
  group: string
  topic: string
  partition: number
}

export const letterId = ({ group, topic, partition }: BatchPlace, offset: bigint): string =>
  `${group}/${topic}/${partition}/${offset}`

/** @returns what makes the `park` of a consumer group */
export function openDeadLetters(connection: Connection): (group: string) => Park {
  const store = letterStore(connection)
  return group => (message, error, attempts) => {
    const { topic, partition, offset, key, headers, value } = message
    return store({ group, topic, partition, offset }, { key, headers, value }, { error, attempts })
  }
}

/** @returns what parks a batch that can't be decoded */
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
  const letters = collectionOf<DeadLetter>(connection, 'dead_letters')
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

/** What a sender wrote can be in an error, at any length. */
function describe({ name, message, stack }: Error): DeadLetter['error'] {
  return {
    name: boundedText(name),
    message: boundedText(message),
    stack: stack === undefined ? stack : boundedText(stack),
  }
}
