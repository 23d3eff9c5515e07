import type { Connection } from 'mongoose'
import { boundedBytes, boundedText } from '../failures/bounded-text.ts'
import { DaybookError, type Fault } from '../failures/errors.ts'
import { FaultyValue } from '../failures/faulty-value.ts'
import type { IncomingMessage, RecordBody, UndecodableBatch } from '../kafka/index.ts'
import { type DeadLetter, letterModel } from './dead-letter-model.ts'
import { openLetterContents } from './letter-content-store.ts'

/**
 * Stores a message of a consumer group as a dead letter.
 * @throws the error itself for a message of a dead letter that is handled again: the letter exists, and keeps the message
 */
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

/**
 * Opens the dead letters of messages.
 * @param onParked called after each new letter
 * @returns a function that makes the `park` of a consumer group
 */
export function openDeadLetters(
  connection: Connection,
  onParked: (place: BatchPlace) => void = () => undefined,
): (group: string) => Park {
  const store = letterStore(connection)
  return group => async (message, error, attempts) => {
    if (message.isReplay) throw error
    const { topic, partition, offset, timestamp, key, headers, value } = message
    const place = { group, topic, partition, offset }
    if (await store(place, { key, headers, value }, { error, attempts, timestamp })) onParked(place)
  }
}

/** Opens the dead letters of batches. @returns a function that parks a batch that cannot be decoded */
export function openBatchLetters(
  connection: Connection,
): (place: BatchPlace, batch: UndecodableBatch) => Promise<void> {
  const store = letterStore(connection)
  return async (place, { baseOffset, lastOffset, codec, reason, bytes }) => {
    const content = { key: null, headers: [], value: bytes }
    const batch = { lastOffset: String(lastOffset), codec }
    await store({ ...place, offset: baseOffset }, content, { error: new Error(reason), attempts: 1, batch })
  }
}

/** Makes the function that stores a letter. It returns whether there was none. */
function letterStore(connection: Connection) {
  const letters = letterModel(connection)
  const contents = openLetterContents(connection)
  return async (
    place: BatchPlace & { offset: bigint },
    content: RecordBody,
    { error, ...about }: { error: Error } & Pick<DeadLetter, 'attempts' | 'batch' | 'timestamp'>,
  ): Promise<boolean> => {
    const _id = letterId(place, place.offset)
    const letter = {
      ...place,
      offset: String(place.offset),
      ...(await contents.store(_id, content)),
      error: describe(error),
      ...about,
      parkedAt: new Date(),
    }
    const { upsertedCount } = await letters.updateOne({ _id }, { $setOnInsert: letter }, { upsert: true })
    return upsertedCount > 0
  }
}

/** Bounds the length of an error's texts, because they may contain text of a sender. */
export function describe(error: Error): DeadLetter['error'] {
  const { name, message, stack } = error
  const faults = error instanceof FaultyValue || error instanceof DaybookError ? error.faults : []
  return {
    name: boundedText(name),
    message: boundedText(message),
    stack: stack === undefined ? null : boundedText(stack),
    ...(faults.length === 0 ? {} : { faults: faults.slice(0, MAX_FAULTS).map(boundedFault) }),
  }
}

// Searches read thousands of letters, so these are small.
const MAX_FAULTS = 20
const MAX_FAULT_BYTES = 500

const boundedFault = ({ pointer, detail }: Fault): Fault => ({
  pointer: boundedBytes(pointer, MAX_FAULT_BYTES),
  detail: boundedBytes(detail, MAX_FAULT_BYTES),
})
