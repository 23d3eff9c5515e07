import type { Counts } from '@daybook/shared/events'
import { absentArray, modelOf, partSchemaOf, schemaOf } from '@daybook/shared/mongo/model'
import { outboxField, outboxIndex } from '@daybook/shared/outbox'
import type { Connection, Model } from 'mongoose'
import type { GroupBatch, JobGroup } from './job-group.ts'

export type GroupModel = Model<JobGroup>

/** The collection `job_groups`. `JobGroup` says what the fields mean. */
const groupSchema = schemaOf<JobGroup>({
  state: { type: String, enum: ['open', 'closed', 'finished'] },
  owner: String,
  addedAt: Date,
  parent: String,
  then: String,
  fingerprint: String,
  closedAt: Date,
  batches: {
    type: [partSchemaOf<GroupBatch>({ id: String, at: Date, jobs: String, traceparent: String })],
    ...absentArray,
  },
  finishedAt: Date,
  // Not a nested path, which would be an empty object in every new group.
  counts: partSchemaOf<Counts>({
    total: Number,
    succeeded: Number,
    failed: Number,
    cancelled: Number,
    expired: Number,
  }),
  thenDue: Boolean,
  removeAt: Date,
  outbox: outboxField,
})
groupSchema.index({ state: 1, _id: 1 }, { name: 'closed', partialFilterExpression: { state: 'closed' } })
groupSchema.index({ 'batches.at': 1 }, { name: 'batches', sparse: true })
groupSchema.index(
  { parent: 1, _id: 1 },
  { name: 'parent', partialFilterExpression: { parent: { $exists: true } } },
)
groupSchema.index({ thenDue: 1 }, { name: 'thenDue', sparse: true })
groupSchema.index({ removeAt: 1 }, { name: 'removeAt', sparse: true })
groupSchema.index(...outboxIndex)

export const groupModel = (connection: Connection): GroupModel =>
  modelOf(connection, 'job_groups', groupSchema)
