import { createRequire } from 'node:module'

interface AbortedTransaction {
  producerId: string
  /** The offset of the transaction's first record. */
  firstOffset: string
}

interface FetchedRecord {
  offset: string
  key: Buffer | null
  isControlRecord: boolean
  batchContext: { producerId: string; inTransaction: boolean }
}

interface FetchedPartition {
  abortedTransactions?: AbortedTransaction[] | null
  messages: FetchedRecord[]
}

interface Broker {
  fetch(request: unknown): Promise<{ responses: { partitions: FetchedPartition[] }[] }>
}

/**
 * Hides records of aborted transactions from consumers. kafkajs 2.2.4 delivers some of them: it expects the broker's list
 * to be sorted by first offset, starts at most one transaction per record, and ends a transaction at any record with the
 * key of an abort marker. This patch marks the records as control records, which kafkajs skips. The algorithm is that of
 * the Java client:
 * https://github.com/apache/kafka/blob/4.0.0/clients/src/main/java/org/apache/kafka/clients/consumer/internals/CompletedFetch.java
 */
export function hideAbortedTransactions(): void {
  const require = createRequire(import.meta.url)
  const broker = require('kafkajs/src/broker') as { prototype: Broker }
  const fetch = broker.prototype.fetch
  broker.prototype.fetch = async function (this: Broker, request) {
    const response = await fetch.call(this, request)
    for (const { partitions } of response.responses) partitions.forEach(hideAborted)
    return response
  }
}

function hideAborted(partition: FetchedPartition): void {
  const upcoming = (partition.abortedTransactions ?? []).toSorted(byFirstOffset)
  // An empty list turns off the check in kafkajs.
  partition.abortedTransactions = []
  if (upcoming.length === 0) return
  const aborted = new Set<string>()
  for (const record of partition.messages) {
    const { producerId, inTransaction } = record.batchContext
    while (upcoming[0] !== undefined && BigInt(upcoming[0].firstOffset) <= BigInt(record.offset))
      aborted.add((upcoming.shift() as AbortedTransaction).producerId)
    if (isAbortMarker(record)) aborted.delete(producerId)
    else if (inTransaction && aborted.has(producerId)) record.isControlRecord = true
  }
}

const byFirstOffset = (a: AbortedTransaction, b: AbortedTransaction) =>
  BigInt(a.firstOffset) < BigInt(b.firstOffset) ? -1 : 1

// The key of a control record: a version and a type of 16 bits each; https://kafka.apache.org/documentation/#controlbatch
const ABORT = 0
const isAbortMarker = ({ isControlRecord, key }: FetchedRecord) =>
  isControlRecord && key !== null && key.readInt16BE(2) === ABORT
