/** Writes the types of Kafka's record format (https://kafka.apache.org/documentation/#record). */
export class ByteWriter {
  readonly bytes: Buffer
  #at = 0

  /** @param size the number of bytes that will be written, as the functions below count them */
  constructor(size: number) {
    this.bytes = Buffer.allocUnsafe(size)
  }

  /** Writes a zigzag varint. The encoding is the same for 32 and 64 bits. */
  varint(value: number): this {
    let left = zigzag(value)
    for (; left >= 0x80; left = Math.floor(left / 0x80)) this.#byte((left % 0x80) | 0x80)
    this.#byte(left)
    return this
  }

  nullableBytes(bytes: Buffer | null): this {
    this.varint(bytes === null ? -1 : bytes.length)
    return bytes === null ? this : this.write(bytes)
  }

  write(bytes: Buffer): this {
    this.bytes.set(bytes, this.#at)
    this.#at += bytes.length
    return this
  }

  #byte(byte: number): void {
    this.bytes[this.#at] = byte
    this.#at += 1
  }
}

const zigzag = (value: number) => (value < 0 ? -2 * value - 1 : 2 * value)

export function sizeOfVarint(value: number): number {
  let size = 1
  for (let left = zigzag(value); left >= 0x80; left = Math.floor(left / 0x80)) size += 1
  return size
}

export const sizeOfNullable = (bytes: Buffer | null): number =>
  bytes === null ? sizeOfVarint(-1) : sizeOfVarint(bytes.length) + bytes.length
