import type { Envelope } from '@daybook/shared/events'
import { createIndexes, driverCollection } from '@daybook/shared/mongo/model'
import { type EmbeddedEvent, embeddedOutbox, type Outbox, outboxEntries } from '@daybook/shared/outbox'
import type { Connection } from 'mongoose'
import { v7 as uuidv7 } from 'uuid'
import { type Erasure, erasureModel } from './erasure-model.ts'

/** What an erasure has gone through. */
export type Erased = Required<Pick<Erasure, 'tasks' | 'events'>>

/** The stored requests to erase the text of users. */
export interface Erasures {
  /** Stores a request. When the call resolves, it is durable. */
  add: (request: Pick<Erasure, 'userId' | 'by' | 'requestedAt' | 'traceparent'>) => Promise<Erasure>
  find: (id: string) => Promise<Erasure | undefined>
  /** Those of some erasures that are done. */
  doneAmong: (ids: readonly string[]) => Promise<string[]>
  /** The oldest erasures that are pending. */
  pending: (limit: number) => Promise<Erasure[]>
  /** Marks a pending erasure as done, and stores its event. @returns whether it was pending */
  finish: (id: string, erased: Erased, event: Envelope) => Promise<boolean>
  /** The outbox in which `finish` stores events. */
  outbox: (publish: (events: Envelope[]) => Promise<unknown>) => Outbox<EmbeddedEvent>
}

/** Opens the collection of erasures. */
export async function openErasures(connection: Connection): Promise<Erasures> {
  const erasures = erasureModel(connection)
  await createIndexes(erasures)
  return {
    async add(request) {
      const erasure: Erasure = { _id: uuidv7(), ...request, state: 'pending' }
      await erasures.create(erasure)
      return erasure
    },
    find: async id => (await erasures.findById(id).lean<Erasure>()) ?? undefined,
    async doneAmong(ids) {
      const done = await erasures.find({ _id: { $in: ids }, state: 'done' }, { _id: 1 }).lean<Erasure[]>()
      return done.map(({ _id }) => _id)
    },
    pending: limit => erasures.find({ state: 'pending' }).sort({ _id: 1 }).limit(limit).lean<Erasure[]>(),
    async finish(id, erased, event) {
      const done = { state: 'done' as const, doneAt: new Date(), ...erased, outbox: outboxEntries([event]) }
      return (await erasures.updateOne({ _id: id, state: 'pending' }, { $set: done })).modifiedCount === 1
    },
    outbox: publish => embeddedOutbox(driverCollection(erasures), publish),
  }
}
