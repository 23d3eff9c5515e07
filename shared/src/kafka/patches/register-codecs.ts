import { gzipSync, zstdCompressSync } from 'node:zlib'
import kafkajs from 'kafkajs'
import { compressFrameSync } from 'lz4-napi'
import { compressSync } from 'snappy'
import { decompress } from '../records/codecs.ts'

const { GZIP, Snappy, LZ4, ZSTD } = kafkajs.CompressionTypes

const compressors = [
  [GZIP, gzipSync],
  [Snappy, compressSync],
  [LZ4, compressFrameSync],
  [ZSTD, zstdCompressSync],
] as const

/** Registers all codecs. kafkajs 2.2.4 has gzip only, without a limit on the decompressed size. */
export function registerCodecs(): void {
  for (const [type, compress] of compressors)
    kafkajs.CompressionCodecs[type] = () => ({
      compress: async ({ buffer }: { buffer: Buffer }) => compress(buffer),
      decompress: async (bytes: Buffer) => decompress(type, bytes),
    })
}
