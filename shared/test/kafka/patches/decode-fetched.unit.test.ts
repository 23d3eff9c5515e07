import { createRequire } from 'node:module'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { compressFrameSync } from 'lz4-napi'
import { compressSync } from 'snappy'
import { test } from 'tap'
import { decodeFetched } from '../../../src/kafka/patches/decode-fetched.ts'
import { registerCodecs } from '../../../src/kafka/patches/register-codecs.ts'
import type { Fetched } from '../../../src/kafka/records/fetched-record.ts'
import { batch, record, varint } from '../batches.ts'
import { librdkafkaBatches } from '../librdkafka-batches.ts'

registerCodecs()
decodeFetched()
const require = createRequire(import.meta.url)
const Decoder = require('kafkajs/src/protocol/decoder') as new (bytes: Buffer) => object
const decodeMessages = require('kafkajs/src/protocol/requests/fetch/v4/decodeMessages') as (
  decoder: object,
) => Promise<Fetched[]>

const asResponse = (...batches: Buffer[]) => {
  const bytes = Buffer.concat(batches)
  const length = Buffer.alloc(4)
  length.writeInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}
const fetched = (...batches: Buffer[]) => decodeMessages(new Decoder(asResponse(...batches)))
const seen = (records: Fetched[]) => records.map(({ offset, value }) => `${offset} ${value}`)
const good = (base: number) => batch(record(`good ${base}`), { base })
const compressors = { gzip: gzipSync, snappy: compressSync, lz4: compressFrameSync, zstd: zstdCompressSync }
const codecs = Object.entries(compressors).map(([name, compress], i) => ({ name, compress, codec: i + 1 }))

test('batches compressed by librdkafka are read exactly', async t => {
  for (const [codec, bytes] of Object.entries(librdkafkaBatches)) {
    const records = await fetched(bytes)
    t.strictSame(
      seen(records),
      Array.from({ length: 20 }, (_, n) => `${n} ${`value ${n} `.repeat(10)}`),
      codec,
    )
    t.equal(String(records[7]?.key), 'key 7')
    t.strictSame(records[7]?.exactHeaders, [
      [Buffer.from('h'), Buffer.from('one')],
      [Buffer.from('h'), Buffer.from([0xff, 0])],
      [Buffer.from('n'), null],
    ])
    t.strictSame(records[7]?.headers, { h: [Buffer.from('one'), Buffer.from([0xff, 0])], n: null })
  }
})

test('a record has its own time, or the time of its batch if the broker appended the batch at it', async t => {
  const times = { firstTimestamp: 1000, maxTimestamp: 2000 }
  const timesOf = async (attributes: number) =>
    (await fetched(batch(record('v'), { ...times, attributes }))).map(({ timestamp }) => timestamp)
  t.strictSame(await timesOf(0), ['1000'])
  t.strictSame(await timesOf(8), ['2000'])
})

test('all frames of a zstd batch are read', async t => {
  const frames = ['a', 'b'].map((value, delta) => zstdCompressSync(record(value, { delta })))
  t.strictSame(seen(await fetched(batch(Buffer.concat(frames), { count: 2, attributes: 4 }))), ['0 a', '1 b'])
})

test('headers keep any bytes, their order and repeats', async t => {
  const names = ['__proto__', 'constructor', '_bsontype', 'a\0b', '', '$where', 'a.b', '__proto__']
  const bytes = [...names.map(name => Buffer.from(name)), Buffer.from([0xff, 0xfe])]
  const all = bytes.flatMap(name => [varint(name.length), name, varint(1), Buffer.from('v')])
  const [only] = await fetched(batch(record('v', { headers: Buffer.concat([varint(bytes.length), ...all]) })))
  t.strictSame(
    only?.exactHeaders,
    bytes.map(name => [name, Buffer.from('v')]),
  )
  t.strictSame(Object.keys(only?.headers ?? {}).length, 8, 'kafkajs gets one header for each name')
})

test('a record full of headers is read', async t => {
  const headers = Buffer.concat([varint(500_000), Buffer.alloc(1_000_000, Buffer.from([0, 1]))])
  const [only] = await fetched(batch(record(null, { headers })))
  t.equal(only?.exactHeaders.length, 500_000)
  t.strictSame(only?.exactHeaders.at(-1), [Buffer.alloc(0), null])
})

const zeros = Buffer.alloc(65 * 1024 ** 2)
const wrong: Record<string, [batch: Buffer, reason: RegExp]> = {
  'its codec is unknown': [batch(record('v'), { attributes: 5 }), /codec 5/],
  'its checksum is wrong': [batch(record('v'), { crc: 1 }), /checksum/],
  'it has fewer records than it says': [batch(record('v'), { count: 2 }), /end within a number/],
  'it has more records than it says': [
    batch(Buffer.concat([record('v'), record('w')])),
    /bytes follow its last record/,
  ],
  'it has too many records': [batch(record('v'), { count: 2 ** 30 }), /1073741824 records/],
  'a record is longer than the batch': [batch(Buffer.concat([varint(100), record('v')])), /100 bytes/],
  'a length is negative': [batch(Buffer.concat([varint(-9), record('v')])), /-9 bytes/],
  'a number has no end': [batch(Buffer.alloc(20, 0xff)), /longer than 32 bits/],
  'a header is cut short': [batch(record('v', { headers: Buffer.from([2, 8]) })), /4 bytes/],
  'the name of a header is null': [batch(record('v', { headers: Buffer.from([2, 1, 1]) })), /-1 bytes/],
  'the number of headers is negative': [batch(record('v', { headers: varint(-1) })), /-1 headers/],
  'bytes follow the headers': [
    batch(record('v', { headers: Buffer.from([0, 7]) })),
    /bytes follow the headers/,
  ],
  'its format is unknown': [batch(record('v'), { magic: 3 }), /format \(3\)/],
  'its format is old, and its bytes do not match the format': [
    batch(record('v'), { magic: 1 }),
    /outside buffer bounds/,
  ],
  ...Object.fromEntries(
    codecs.flatMap(({ name, compress, codec }) => {
      const whole = Buffer.from(compress(record('some value')))
      return [
        [`its bytes are not ${name}`, [batch(Buffer.alloc(30, 'x'), { attributes: codec }), /./]],
        [`its ${name} is cut short`, [batch(whole.subarray(0, -5), { attributes: codec }), /./]],
        [`its ${name} has no bytes`, [batch(Buffer.alloc(0), { attributes: codec }), /./]],
        [
          `its ${name} decompresses to too many bytes`,
          [batch(Buffer.from(compress(zeros)), { attributes: codec }), /67108864/],
        ],
      ]
    }),
  ),
}

for (const [what, [bytes, reason]] of Object.entries(wrong)) {
  test(`a batch is reported after the records before it when ${what}`, async t => {
    bytes.writeBigInt64BE(7n, 0)
    const records = await fetched(good(5), good(6), bytes, good(5000))
    t.strictSame(seen(records.slice(0, 2)), ['5 good 5', '6 good 6'])
    const [, , { undecodable, ...rest } = {}] = records
    t.match(undecodable, { baseOffset: 7n, reason })
    t.match(rest, { isControlRecord: false, key: null, value: null, offset: String(undecodable?.lastOffset) })
    t.ok(undecodable?.bytes.equals(bytes))
    t.equal(records.length, 3, 'later records are not read')
  })
}

test('a batch below the limit is read', async t => {
  const value = zeros.subarray(0, 60 * 1024 ** 2)
  for (const { name, compress, codec } of codecs.slice(1, 3)) {
    const [only] = await fetched(batch(Buffer.from(compress(record(value))), { attributes: codec }))
    t.equal(only?.value?.length, value.length, name)
  }
})

test('the last offset in a batch is ignored when it is before the first one or after the next batch', async t => {
  for (const last of [-5, 1_000_000]) {
    const [only] = await fetched(batch(record('v'), { base: 7, last, crc: 1 }), good(12))
    t.equal(only?.undecodable?.lastOffset, last < 0 ? 7n : 11n)
  }
  const [only] = await fetched(batch(record('v'), { base: 7, last: 3, attributes: 5 }))
  t.match(only?.undecodable, { baseOffset: 7n, lastOffset: 10n, codec: 'number 5' })
})

test('a batch that is cut off is not returned', async t => {
  t.strictSame(seen(await fetched(good(5), good(6).subarray(0, 40))), ['5 good 5'])
  t.strictSame(await fetched(good(5).subarray(0, 40)), [])
  t.strictSame(await fetched(), [])
})

test('a response is decoded only up to a limit, and each fetch makes progress', async t => {
  const large = (base: number) => {
    const bytes = zstdCompressSync(record(zeros.subarray(0, 40 * 1024 ** 2)))
    return batch(bytes, { base, attributes: 4 })
  }
  const decoder = new Decoder(Buffer.concat([asResponse(large(1), large(2), large(3)), asResponse(large(9))]))
  t.strictSame(
    (await decodeMessages(decoder)).map(({ offset }) => offset),
    ['1', '2'],
  )
  t.strictSame(await decodeMessages(decoder), [], 'the records of the next partition are not decoded')
  t.equal((await fetched(large(3))).length, 1)
})

test('messages of the formats before Kafka 0.11 are read', async t => {
  const message = (magic: number, offset: number, value: Buffer, attributes = 0) => {
    const stamp = magic === 1 ? 8 : 0
    const bytes = Buffer.alloc(26 + stamp + value.length)
    bytes.writeBigInt64BE(BigInt(offset), 0)
    bytes.writeInt32BE(bytes.length - 12, 8)
    bytes.writeInt8(magic, 16)
    bytes.writeInt8(attributes, 17)
    bytes.writeInt32BE(-1, 18 + stamp)
    bytes.writeInt32BE(value.length, 22 + stamp)
    value.copy(bytes, 26 + stamp)
    return bytes
  }
  const inner = Buffer.concat(['b', 'c'].map((text, n) => message(1, n, Buffer.from(text))))
  const records = await fetched(
    message(0, 1, Buffer.from('a')),
    message(1, 3, compressSync(inner), 2),
    good(4),
    message(1, 5, Buffer.from('no gzip'), 1),
  )
  t.strictSame(seen(records.slice(0, -1)), ['1 a', '2 b', '3 c', '4 good 4'])
  t.match(records[0], { key: null, exactHeaders: [], batchContext: { inTransaction: false } })
  t.match(records.at(-1)?.undecodable, { baseOffset: 5n, lastOffset: 5n, reason: /header/ })
})

test('a control record replaces the last record of a batch that compaction removed', async t => {
  const records = await fetched(
    batch(record('v'), { base: 7, last: 4 }),
    batch(Buffer.alloc(0), { base: 12, count: 0, last: 3 }),
  )
  t.match(records, [
    { offset: '7' },
    { offset: '11', isControlRecord: true },
    { offset: '15', isControlRecord: true },
  ])
})
