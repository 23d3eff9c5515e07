import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import { decompressFrameSync } from 'lz4-napi'
import { uncompressSync } from 'snappy'

/** The names of the codecs, each at its number in a batch: https://kafka.apache.org/documentation/#recordbatch */
export const codecNames = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const

/**
 * The most bytes that a batch may decompress to. A broker takes a batch of 1 MiB, and JSON gets some ten times smaller,
 * at most a hundred times; but a few kilobytes of zstd can be gigabytes, more than the memory of any process.
 */
export const MOST_BYTES = 64 * 1024 ** 2

/**
 * Decompresses the records of a batch.
 * @param codec the number of the codec
 * @throws Error that says what is wrong with the bytes, or that they are too many
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
      throw new Error(`codec ${codec} is not known`)
  }
}

const tooLarge = () => new Error(`it decompresses to more than ${MOST_BYTES} bytes`)

/** Calls zlib with the limit, and says in our words where it is reached. */
function limited<Result>(unzip: (options: { maxOutputLength: number }) => Result): Result {
  try {
    return unzip({ maxOutputLength: MOST_BYTES })
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge() : error
  }
}

/** A frame as Node decompresses it when it is asked to tell how many bytes it read, which its types do not know. */
type Frame = { buffer: Buffer; engine: { bytesWritten: number } }

/** Decompresses each frame: a batch may hold several, as in the Java client, and Node reads the first one only. */
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
    if (size > MOST_BYTES) throw tooLarge()
  } while (read < bytes.length)
  return Buffer.concat(frames)
}

// The framing of snappy-java, in which Java clients write: this, two versions of 32 bits, then chunks behind their lengths.
const XERIAL = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0])
const XERIAL_HEADER = 16

function unsnappy(bytes: Buffer): Buffer {
  if (!bytes.subarray(0, XERIAL.length).equals(XERIAL)) return unsnappyChunk(bytes, MOST_BYTES)
  const chunks: Buffer[] = []
  let left = MOST_BYTES
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

/** A chunk begins with its length when decompressed, as a varint: looked at before memory is taken for it. */
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

// https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md: the bits of FLG and BD that say what follows.
const LZ4_MAGIC = 0x184d2204
const BLOCK_CHECKSUM = 0x10
const CONTENT_SIZE = 0x08
const DICTIONARY = 0x01
const UNCOMPRESSED = 0x80000000
/** No block of LZ4 can decompress to more times its size than this. */
const LZ4_RATIO = 255

/** The library has no limit, so the blocks of the frame are counted first: each can only decompress to so much. */
function unlz4(bytes: Buffer): Buffer {
  if (bytes.readUInt32LE(0) !== LZ4_MAGIC) throw new Error('it is no LZ4 frame')
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
  if (most > MOST_BYTES) throw tooLarge()
  return decompressFrameSync(bytes)
}
