import { ByteReader } from './byte-reader.ts'
import type { Header } from './headers.ts'
import { decodeBody } from './record-body.ts'

/** What kafkajs asks of the batch of a record. */
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
  /** The whole of the batch, as the broker keeps it. */
  bytes: Buffer
}

/** What kafkajs gets for each record: with this it decides what it hands on. */
export interface Fetched {
  readonly offset: string
  readonly batchContext: BatchContext
  isControlRecord: boolean
  readonly key: Buffer | null
  readonly value: Buffer | null
  /** The headers as kafkajs has them, in which neither order nor every byte is kept. */
  readonly headers: Record<string, unknown>
  readonly exactHeaders: readonly Header[]
  /** Set where this stands for a batch that can't be decoded; all else is then empty. */
  readonly undecodable?: UndecodableBatch
}

/** A record whose parts are decoded when they are asked for: a batch can hold hundreds of thousands. */
export class FetchedRecord implements Fetched {
  readonly magicByte = 2
  readonly attributes = 0
  readonly offset: string
  readonly timestamp: string
  readonly batchContext: BatchContext
  isControlRecord: boolean
  /** Key, value and headers, as in Kafka's record format. */
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

/** Stands for something at an offset that holds no record. */
export function withoutRecord(
  place: Pick<Fetched, 'offset' | 'batchContext' | 'isControlRecord' | 'undecodable'>,
): Fetched {
  return { ...place, key: null, value: null, headers: {}, exactHeaders: [] }
}
