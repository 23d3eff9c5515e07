import { createRequire } from 'node:module'

interface RecordBatch {
  firstOffset: string
  lastOffsetDelta: number
  maxTimestamp: string
  records: { offset: string }[]
}

/**
 * Makes a consumer pass the end of each record batch. Compaction removes records and keeps the batch, with its last
 * offset, and kafkajs 2.2.4 knows the offsets of records only: behind the last record of a batch it moves on by one offset
 * a fetch, and at a batch without any record it fetches the same for ever (tulios/kafkajs#1072). Where the last record is
 * missing, a control record takes its place, which kafkajs passes over.
 */
export function passBatchEnds(): void {
  const require = createRequire(import.meta.url)
  // kafkajs loads the decoder with its first fetch, so that it finds this one.
  const path = require.resolve('kafkajs/src/protocol/recordBatch/v0/decoder')
  const decode = require(path) as (decoder: unknown) => Promise<RecordBatch>
  const decodeWhole = async (decoder: unknown): Promise<RecordBatch> => {
    const { records, ...batchContext } = await decode(decoder)
    const offset = String(BigInt(batchContext.firstOffset) + BigInt(batchContext.lastOffsetDelta))
    if (records.at(-1)?.offset !== offset) {
      const place = { offset, timestamp: batchContext.maxTimestamp, batchContext, isControlRecord: true }
      records.push(Object.assign(place, { key: null, value: null, headers: {} }))
    }
    return { ...batchContext, records }
  }
  const loaded = require.cache[path]
  if (loaded === undefined) throw new Error(`${path} is not in the cache of modules`)
  loaded.exports = decodeWhole
}
