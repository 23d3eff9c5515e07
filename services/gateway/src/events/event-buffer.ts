import type { Audience } from './audience.ts'
import { encodePosition, hasReached, type MovingPosition, type Position } from './position.ts'

/** An event as it is kept. */
export interface Kept {
  /** Its place in the order in which this process read the events. */
  sequence: number
  topic: number
  partition: number
  offset: number
  /** The time of its record, in milliseconds since 1970. */
  time: number
  audience: Audience
  /** The lines of the event for admins, without its id. */
  lines: Buffer
  /** Those for other people, if they differ. */
  linesForPeople: Buffer | undefined
  /** The position after it. */
  id: string
}

export type NewEvent = Omit<Kept, 'sequence' | 'id'>

// What an entry takes besides its lines and its id.
const ENTRY_BYTES = 250

/** The recent events, in the order in which they were read. The oldest are forgotten by age and by bytes. */
export class EventBuffer {
  readonly #limits: { bytes: number; milliseconds: number }
  readonly #position: MovingPosition
  /** From where on each partition is complete here. */
  readonly #completeFrom: MovingPosition
  /** The latest time of the events that are forgotten. */
  #forgottenTime = 0
  #kept: (Kept | undefined)[] = []
  #first = 0
  #forgotten = 0
  bytes = 0

  /** @param start where the reading begins */
  constructor(start: Position, limits: { bytes: number; milliseconds: number }) {
    this.#limits = limits
    this.#position = start.map(offsets => [...offsets])
    this.#completeFrom = start.map(offsets => [...offsets])
  }

  /** The position after all events that were read. */
  get position(): Position {
    return this.#position
  }

  /** The sequence of the next event. */
  get end(): number {
    return this.#first + this.#kept.length - this.#forgotten
  }

  /** Notes that a record was read, whether it is an event or not. */
  pass(topic: number, partition: number, offset: number): void {
    set(this.#position, { topic, partition, offset: offset + 1 })
  }

  add(event: NewEvent): Kept {
    this.pass(event.topic, event.partition, event.offset)
    const kept = { ...event, sequence: this.end, id: encodePosition(this.#position) }
    this.#kept.push(kept)
    this.bytes += sizeOf(kept)
    this.forget()
    return kept
  }

  /** Forgets the events that are too old or too many. */
  forget(now = Date.now()): void {
    const { bytes, milliseconds } = this.#limits
    for (let oldest = this.#oldest(); oldest !== undefined; oldest = this.#oldest()) {
      if (this.bytes <= bytes && oldest.time >= now - milliseconds) return
      this.#kept[this.#forgotten] = undefined
      this.#forgotten += 1
      this.#first += 1
      this.bytes -= sizeOf(oldest)
      this.#forgottenTime = Math.max(this.#forgottenTime, oldest.time)
      set(this.#completeFrom, { ...oldest, offset: oldest.offset + 1 })
      if (this.#forgotten > 1000 && this.#forgotten * 2 > this.#kept.length) {
        this.#kept = this.#kept.slice(this.#forgotten)
        this.#forgotten = 0
      }
    }
  }

  #oldest(): Kept | undefined {
    return this.#kept[this.#forgotten]
  }

  /** @returns the event with a sequence; undefined when it is not read yet, or forgotten */
  get(sequence: number): Kept | undefined {
    return this.#kept[sequence - this.#first + this.#forgotten]
  }

  /** The sequence of the oldest event here. */
  get first(): number {
    return this.#first
  }

  /** From when on all events are here, by the times of their records, in milliseconds since 1970. */
  completeSince(now = Date.now()): number {
    return Math.max(this.#forgottenTime, now - this.#limits.milliseconds)
  }

  /** Returns whether all events after a position are here, or still to come. */
  isCompleteAfter(position: Position): boolean {
    return hasReached(position, this.#completeFrom)
  }

  /** Returns whether everything before a position was read. */
  hasRead(position: Position): boolean {
    return hasReached(this.#position, position)
  }
}

function set(
  position: MovingPosition,
  { topic, partition, offset }: Pick<Kept, 'topic' | 'partition' | 'offset'>,
) {
  const offsets = position[topic] ?? []
  // A partition that was added lately may leave a gap before it.
  while (offsets.length < partition) offsets.push(0)
  offsets[partition] = offset
  position[topic] = offsets
}

const sizeOf = ({ lines, linesForPeople, id }: Kept) =>
  lines.length + (linesForPeople?.length ?? 0) + id.length + ENTRY_BYTES
