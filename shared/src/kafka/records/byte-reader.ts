// Shared, because half a million empty headers would take 50 MB.
const EMPTY = Buffer.alloc(0)

/** Reads the types of Kafka's record format (https://kafka.apache.org/documentation/#record). Throws when bytes are missing. */
export class ByteReader {
  readonly bytes: Buffer
  at: number

  constructor(bytes: Buffer, at = 0) {
    this.bytes = bytes
    this.at = at
  }

  get left(): number {
    return this.bytes.length - this.at
  }

  /** A zigzag varint of 32 bits. */
  varint(): number {
    let value = 0
    for (let i = 0; i < 5; i += 1) {
      const byte = this.#byte()
      value += (byte & 0x7f) * 2 ** (7 * i)
      if (byte < 0x80 && value < 2 ** 32) return value % 2 === 0 ? value / 2 : -(value + 1) / 2
    }
    throw new Error('a varint is longer than 32 bits')
  }

  /** A zigzag varint of 64 bits. */
  varlong(): bigint {
    let value = 0n
    for (let i = 0n; i < 10n; i += 1n) {
      const byte = this.#byte()
      value += BigInt(byte & 0x7f) << (7n * i)
      if (byte < 0x80) return BigInt.asIntN(64, (value >> 1n) ^ -(value & 1n))
    }
    throw new Error('a varlong is longer than 64 bits')
  }

  take(length: number): Buffer {
    this.skip(length)
    if (length === 0) return EMPTY
    return this.bytes.subarray(this.at - length, this.at)
  }

  skip(length: number): void {
    if (length < 0 || length > this.left)
      throw new Error(`a length says ${length} bytes, but ${this.left} are left`)
    this.at += length
  }

  /** Bytes after their length; the length -1 means null. */
  nullableBytes(): Buffer | null {
    const length = this.varint()
    return length === -1 ? null : this.take(length)
  }

  skipNullable(): void {
    const length = this.varint()
    if (length !== -1) this.skip(length)
  }

  /** All remaining bytes. Does not move the position. */
  rest(): Buffer {
    return this.bytes.subarray(this.at)
  }

  #byte(): number {
    const byte = this.bytes[this.at]
    if (byte === undefined) throw new Error('the bytes end within a number')
    this.at += 1
    return byte
  }
}
