import { createRequire } from 'node:module'
import { test } from 'tap'
import { encodeRecords } from '../../../src/kafka/patches/encode-records.ts'
import type { Header } from '../../../src/kafka/records/headers.ts'
import { decodeBatch } from '../../../src/kafka/records/record-batch.ts'
import { batch } from '../batches.ts'

type Encode = (message: object) => { buffer: Buffer }

const require = createRequire(import.meta.url)
const path = 'kafkajs/src/protocol/recordBatch/record/v0'
const original = require(path) as Encode
encodeRecords()
const patched = require(path) as Encode

test('records that kafkajs can encode are encoded to the same bytes', t => {
  const messages = [
    { key: null, value: null },
    { key: 'schlüssel', value: '{}', headers: {} },
    {
      key: Buffer.from([0xff]),
      value: Buffer.alloc(70_000, 'x'),
      headers: { a: 'ü', b: Buffer.from([0xff]) },
    },
    { key: 'k', value: 'v', headers: { a: ['one', 'two'] }, offsetDelta: 300, timestampDelta: 2 ** 40 },
    { key: 'k', value: 'v', timestampDelta: -5 },
  ]
  for (const message of messages) t.strictSame(patched(message).buffer, original(message).buffer)
  t.end()
})

test('exact headers keep their order, repeats, nulls and any bytes', t => {
  const exactHeaders: Header[] = [
    [Buffer.from('b'), null],
    [Buffer.from([0xff, 0]), Buffer.from([0xfe])],
    [Buffer.from('b'), Buffer.from('')],
    [Buffer.alloc(0), Buffer.alloc(70_000, 'x')],
  ]
  const { buffer } = patched({ key: Buffer.from([0xff]), value: null, exactHeaders })
  const [record] = decodeBatch(batch(buffer)).records
  t.strictSame(record?.exactHeaders, exactHeaders)
  t.strictSame(record?.key, Buffer.from([0xff]))
  t.equal(record?.value, null)
  t.end()
})
