import { jobTopics, topics } from '@daybook/shared/events'

/** The topics whose events are sent, in the order in which a position has them. The order never changes: clients keep positions. */
export const eventTopics = [topics.tasks, topics.clock, jobTopics.finished, topics.reports]

/**
 * A position in the events: for each topic of `eventTopics`, for each partition, the offset of the next record. A partition that is
 * missing is at 0.
 */
export type Position = readonly (readonly number[])[]

/** A position that can be moved. */
export type MovingPosition = number[][]

const RADIX = 36
const SEPARATORS = { topic: '~', partition: '.' }
const form = /^[0-9a-z]+(\.[0-9a-z]+)*(~[0-9a-z]+(\.[0-9a-z]+)*){3}$/
const MAX_LENGTH = 8192

export const at = (position: Position, topic: number, partition: number): number =>
  position[topic]?.[partition] ?? 0

/** Writes a position as the id of an event. Short, because each event has it: about four characters for a partition. */
export const encodePosition = (position: Position): string =>
  position
    .map(offsets => Array.from(offsets, offset => (offset ?? 0).toString(RADIX)).join(SEPARATORS.partition))
    .map(text => text || '0')
    .join(SEPARATORS.topic)

/** The inverse of `encodePosition`. @returns undefined for another text */
export function decodePosition(text: string): Position | undefined {
  if (text.length > MAX_LENGTH || !form.test(text)) return undefined
  const position = text
    .split(SEPARATORS.topic)
    .map(part => part.split(SEPARATORS.partition).map(offset => Number.parseInt(offset, RADIX)))
  return position.flat().every(Number.isSafeInteger) ? position : undefined
}

/** Returns the later one of two positions in each partition. */
export const laterOf = (one: Position, other: Position): Position =>
  one.map((offsets, topic) => {
    const length = Math.max(offsets.length, other[topic]?.length ?? 0)
    return Array.from({ length }, (_, partition) =>
      Math.max(at(one, topic, partition), at(other, topic, partition)),
    )
  })

/** Returns whether a position is at or after another one in each partition. */
export const hasReached = (position: Position, other: Position): boolean =>
  other.every((offsets, topic) =>
    offsets.every((offset, partition) => at(position, topic, partition) >= offset),
  )
