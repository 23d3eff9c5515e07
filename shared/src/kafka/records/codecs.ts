import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import { decompressFrameSync } from 'lz4-napi'
import { uncompressSync } from 'snappy'

/** The names of the codecs; the index is the codec's number in a batch: https://kafka.apache.org/documentation/#recordbatch */
export const codecNames = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const

/**
 * The most bytes that a batch may decompress to. A broker accepts a batch of 1 MiB. JSON becomes about ten times smaller, and
 * a hundred times at most. But a few kilobytes of zstd can decompress to gigabytes, more than the memory of any process.
 */
export const MAX_BYTES = 64 * 1024 ** 2

/**
 * Decompresses the records of a batch.
 * @param codec the number of the codec
 * @throws Error when the bytes are invalid, or decompress to more than MAX_BYTES
 */
export function decompress(codec: number, bytes: Buffer): Buffer {
  switch (codecNames[codec]) {
    case 'none':
      return bytes
    case 'gzip':
      return limited(options => gunzipSync(bytes, options))
    case 'snappy':
      return unsnappy(bytes)
    case 'lz4':
      return unlz4(bytes)
    case 'zstd':
      return unzstd(bytes)
    default:
      throw new Error(`codec ${codec} is unknown`)
  }
}

const tooLarge = () => new Error(`it decompresses to more than ${MAX_BYTES} bytes`)

/** Calls zlib with the limit, and throws `tooLarge` when the limit is reached. */
function limited<Result>(unzip: (options: { maxOutputLength: number }) => Result): Result {
  try {
    return unzip({ maxOutputLength: MAX_BYTES })
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge() : error
  }
}

/** The result of zlib with the option `info`, which tells how many bytes were read. Node's types lack this option. */
type Frame = { buffer: Buffer; engine: { bytesWritten: number } }

/** Decompresses all frames. A batch may hold several, as in the Java client, but Node reads only the first one. */
function unzstd(bytes: Buffer): Buffer {
  const frames: Buffer[] = []
  let [read, size] = [0, 0]
  do {
    const rest = bytes.subarray(read)
    const { buffer, engine } = limited(
      options => zstdDecompressSync(rest, { ...options, info: true } as object) as unknown as Frame,
    )
    frames.push(buffer)
    read += engine.bytesWritten
    size += buffer.length
    if (size > MAX_BYTES) throw tooLarge()
  } while (read < bytes.length)
  return Buffer.concat(frames)
}

// The framing of snappy-java, which Java clients use: this magic, two versions of 32 bits, then chunks, each after its length.
const XERIAL = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0])
const XERIAL_HEADER = 16

function unsnappy(bytes: Buffer): Buffer {
  if (!bytes.subarray(0, XERIAL.length).equals(XERIAL)) return unsnappyChunk(bytes, MAX_BYTES)
  const chunks: Buffer[] = []
  let left = MAX_BYTES
  for (let at = XERIAL_HEADER; at < bytes.length; ) {
    const length = bytes.readInt32BE(at)
    if (length < 0 || at + 4 + length > bytes.length) throw new Error('a snappy chunk is cut short')
    const chunk = unsnappyChunk(bytes.subarray(at + 4, at + 4 + length), left)
    chunks.push(chunk)
    left -= chunk.length
    at += 4 + length
  }
  return Buffer.concat(chunks)
}

/** Decompresses a chunk. It begins with its decompressed length as a varint, which is checked before memory is allocated. */
function unsnappyChunk(chunk: Buffer, most: number): Buffer {
  let length = 0
  for (let i = 0; i < 5; i += 1) {
    const byte = chunk.readUInt8(i)
    length += (byte & 0x7f) * 2 ** (7 * i)
    if (byte < 0x80) break
  }
  if (length > most) throw tooLarge()
  return uncompressSync(chunk) as Buffer
}

// The bits of FLG and BD that say which fields follow: https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md
const LZ4_MAGIC = 0x184d2204
const BLOCK_CHECKSUM = 0x10
const CONTENT_SIZE = 0x08
const DICTIONARY = 0x01
const UNCOMPRESSED = 0x80000000
/** The highest ratio of decompressed to compressed size that an LZ4 block can have. */
const LZ4_RATIO = 255

/** Decompresses a frame. The library has no limit, so this first adds up the maximum decompressed size of all blocks. */
function unlz4(bytes: Buffer): Buffer {
  if (bytes.readUInt32LE(0) !== LZ4_MAGIC) throw new Error('it is not an LZ4 frame')
  const [flags, descriptor] = [bytes.readUInt8(4), bytes.readUInt8(5)]
  const mostOfBlock = 2 ** (8 + 2 * ((descriptor >> 4) & 7))
  const afterBlock = flags & BLOCK_CHECKSUM ? 4 : 0
  let most = 0
  let at = 7 + (flags & CONTENT_SIZE ? 8 : 0) + (flags & DICTIONARY ? 4 : 0)
  for (let size = bytes.readUInt32LE(at); size !== 0; size = bytes.readUInt32LE(at)) {
    const stored = size % UNCOMPRESSED
    most += size >= UNCOMPRESSED ? stored : Math.min(mostOfBlock, stored * LZ4_RATIO)
    at += 4 + stored + afterBlock
  }
  if (most > MAX_BYTES) throw tooLarge()
  return decompressFrameSync(bytes)
}
