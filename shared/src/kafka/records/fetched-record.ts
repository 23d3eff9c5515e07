import { ByteReader } from './byte-reader.ts'
import type { Header } from './headers.ts'
import { decodeBody } from './record-body.ts'

/** The fields of a record's batch that kafkajs reads. */
export interface BatchContext {
  firstOffset: string
  lastOffsetDelta: number
  producerId: string
  inTransaction: boolean
}

/** A batch that can't be decoded. */
export interface UndecodableBatch {
  baseOffset: bigint
  lastOffset: bigint
  codec: string
  reason: string
  /** The complete batch, as the broker stores it. */
  bytes: Buffer
}

/**
 * Returns the offset at which a reader continues after a batch that can't be decoded.
 * @param end the end of the partition: the header of such a batch may name an offset beyond it
 */
export const offsetAfter = ({ lastOffset }: UndecodableBatch, end: bigint): bigint =>
  lastOffset < end ? lastOffset + 1n : end

/** A record as the decoder returns it to kafkajs, which decides by these fields which records to deliver. */
export interface Fetched {
  readonly offset: string
  /** Milliseconds since 1970. Absent where no record is, and in the format before Kafka 0.10, which has no time. */
  readonly timestamp?: string
  readonly batchContext: BatchContext
  isControlRecord: boolean
  readonly key: Buffer | null
  readonly value: Buffer | null
  /** The headers in the form of kafkajs, which loses their order and bytes that are not UTF-8. */
  readonly headers: Record<string, unknown>
  readonly exactHeaders: readonly Header[]
  /** Set when this entry stands for a batch that can't be decoded. Key, value and headers are empty then. */
  readonly undecodable?: UndecodableBatch
}

/** A record whose key, value and headers are decoded on access: a batch can hold hundreds of thousands of records. */
export class FetchedRecord implements Fetched {
  readonly magicByte = 2
  readonly attributes = 0
  readonly offset: string
  readonly timestamp: string
  readonly batchContext: BatchContext
  isControlRecord: boolean
  /** Key, value and headers in Kafka's record format. */
  readonly #body: Buffer

  constructor(
    body: Buffer,
    place: { offset: bigint; timestamp: bigint; batchContext: BatchContext; isControlRecord: boolean },
  ) {
    this.#body = body
    this.offset = String(place.offset)
    this.timestamp = String(place.timestamp)
    this.batchContext = place.batchContext
    this.isControlRecord = place.isControlRecord
  }

  get key(): Buffer | null {
    return new ByteReader(this.#body).nullableBytes()
  }

  get value(): Buffer | null {
    const reader = new ByteReader(this.#body)
    reader.skipNullable()
    return reader.nullableBytes()
  }

  get exactHeaders(): readonly Header[] {
    return decodeBody(this.#body).headers
  }

  get headers(): Record<string, unknown> {
    const values = Map.groupBy(this.exactHeaders, ([name]) => String(name))
    return Object.fromEntries(
      [...values].map(([name, all]) => [
        name,
        all.length === 1 ? all[0]?.[1] : all.map(([, value]) => value),
      ]),
    )
  }
}

/** Makes an entry for an offset without a record. */
export function withoutRecord(
  place: Pick<Fetched, 'offset' | 'batchContext' | 'isControlRecord' | 'undecodable'>,
): Fetched {
  return { ...place, key: null, value: null, headers: {}, exactHeaders: [] }
}
