import type { User } from '@daybook/shared/http'
import { isIn } from './audience.ts'
import type { EventBuffer, Kept } from './event-buffer.ts'
import { at, decodePosition, encodePosition, hasReached, laterOf, type Position } from './position.ts'

/** Why a stream ends. */
export type EndReason = 'token-expired' | 'closing'

/** Why a client has to read everything again. */
export type ResetReason = 'too-old' | 'unreadable'

// Events are sent in chunks, which are made when the client has taken the last one.
const CHUNK_BYTES = 65_536
const BEAT = Buffer.from(': beat\n\n')
// A client that sees few events learns in time which events of others it need not ask for again.
const BEATS_BETWEEN_POSITIONS = 4

/**
 * The stream of one client: a place in the buffer. Nothing is queued for the client: it takes from the buffer when it can, so a
 * client that does not read costs no memory. When the buffer forgets what it has not taken, it is told to read everything again.
 */
export class Subscription {
  readonly #buffer: EventBuffer
  readonly #user: User
  #next: number
  /** The position with which the client came; undefined once the buffer has passed it. */
  #came: Position | undefined
  #reset: ResetReason | undefined
  #end: EndReason | undefined
  #gone = false
  #beats = 0
  #beat = false
  #wake: (() => void) | undefined

  /** @param came the position after the last event that the client has; undefined: it wants what happens from now on */
  constructor(buffer: EventBuffer, user: User, came: Position | 'unreadable' | undefined) {
    this.#buffer = buffer
    this.#user = user
    this.#next = buffer.end
    if (came === undefined) return
    if (came === 'unreadable') this.#reset = 'unreadable'
    else if (!buffer.isCompleteAfter(came)) this.#reset = 'too-old'
    else [this.#came, this.#next] = [came, buffer.first]
  }

  /** Tells the stream of a new event. */
  note(event: Kept): void {
    if (this.#wake === undefined) return
    if (isIn(this.#user, event.audience)) this.#wake()
    // It waits, so it has taken everything before this event.
    else this.#next = event.sequence + 1
  }

  /** Makes the stream send a sign of life, if it waits for events. */
  beat(): void {
    this.#beat = true
    this.#wake?.()
  }

  end(reason: EndReason): void {
    this.#end ??= reason
    this.#wake?.()
  }

  /** Ends the stream without a word, because nobody reads it. */
  leave(): void {
    this.#gone = true
    this.#wake?.()
  }

  /** The bytes of the stream. */
  async *chunks(): AsyncGenerator<Buffer> {
    if (this.#reset === undefined) yield this.#begin()
    while (!this.#gone) {
      // A client that reads slowly gets nothing after its token has expired.
      const chunk = this.#end === 'token-expired' ? undefined : this.#takeChunk()
      if (chunk !== undefined) yield chunk
      else if (this.#end !== undefined) return yield frame('end', { reason: this.#end })
      else if (this.#beat) yield this.#takeBeat()
      else await this.#wait()
    }
  }

  async #wait(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#wake = () => {
      this.#wake = undefined
      resolve()
    }
    await promise
  }

  #takeBeat(): Buffer {
    this.#beat = false
    this.#beats = (this.#beats + 1) % BEATS_BETWEEN_POSITIONS
    return this.#beats === 0 ? positionEvent(this.#id(encodePosition(this.#buffer.position))) : BEAT
  }

  #takeChunk(): Buffer | undefined {
    if (this.#next < this.#buffer.first) this.#reset ??= 'too-old'
    if (this.#reset !== undefined) return this.#takeReset(this.#reset)
    const parts: Buffer[] = []
    let bytes = 0
    for (; bytes < CHUNK_BYTES; this.#next += 1) {
      const event = this.#buffer.get(this.#next)
      if (event === undefined) break
      const part = this.#partOf(event)
      if (part === undefined) continue
      parts.push(...part)
      bytes += part.reduce((sum, { length }) => sum + length, 0)
    }
    return parts.length === 0 ? undefined : Buffer.concat(parts, bytes)
  }

  #takeReset(reason: ResetReason): Buffer {
    this.#reset = undefined
    this.#came = undefined
    this.#next = this.#buffer.end
    return frame('reset', { reason }, this.#id(encodePosition(this.#buffer.position)))
  }

  /** @returns the bytes of an event; undefined when the client has it or may not see it */
  #partOf({ topic, partition, offset, audience, lines, linesForPeople, id }: Kept): Buffer[] | undefined {
    if (this.#came !== undefined && offset < at(this.#came, topic, partition)) return undefined
    if (!isIn(this.#user, audience)) return undefined
    const seen = this.#user.admin ? lines : (linesForPeople ?? lines)
    return [seen, Buffer.from(`id: ${this.#id(id)}\n\n`)]
  }

  /** Returns the position of the client after an event: it may have come from a process that had read more. */
  #id(id: string): string {
    if (this.#came === undefined) return id
    const position = decodePosition(id) as Position
    if (hasReached(position, this.#came)) {
      this.#came = undefined
      return id
    }
    return encodePosition(laterOf(position, this.#came))
  }

  /** Says where the client begins, so that it can come back before its first event. */
  #begin(): Buffer {
    if (this.#came === undefined) this.#next = this.#buffer.end
    return positionEvent(encodePosition(this.#came ?? this.#buffer.position))
  }
}

const positionEvent = (id: string) => frame('position', {}, id)

const frame = (event: string, data: object, id?: string): Buffer =>
  Buffer.from(`event: ${event}\ndata: ${JSON.stringify(data)}\n${id === undefined ? '' : `id: ${id}\n`}\n`)
