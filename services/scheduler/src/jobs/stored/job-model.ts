import { absentArray, modelOf, partSchemaOf, schemaOf } from '@daybook/shared/mongo/model'
import { outboxField, outboxIndex } from '@daybook/shared/outbox'
import type { Connection, Model } from 'mongoose'
import { finalStates, type Job, openStates, type PastAttempt } from './job.ts'

export type JobModel = Model<Job>

const pastAttempt = partSchemaOf<PastAttempt>({
  attempt: Number,
  worker: String,
  startedAt: Date,
  endedAt: Date,
  outcome: String,
  reason: String,
  error: String,
})

/** The collection `jobs`. `Job` says what the fields mean. */
const jobSchema = schemaOf<Job>({
  kind: String,
  lane: String,
  data: String,
  owner: String,
  key: String,
  gate: String,
  slot: String,
  firstRequestedAt: Date,
  priority: Number,
  rank: Date,
  state: { type: String, enum: [...openStates, ...finalStates] },
  addedAt: Date,
  dueAt: Date,
  fingerprint: String,
  group: String,
  then: String,
  cause: String,
  schedule: String,
  traceparent: String,
  expiresAt: Date,
  expiryFrom: Date,
  attempt: Number,
  failures: Number,
  crashes: Number,
  suspect: Boolean,
  attempts: { type: [pastAttempt], ...absentArray },
  worker: String,
  sentIn: String,
  dispatch: String,
  sentAt: Date,
  startFrom: Date,
  startBy: Date,
  startedAt: Date,
  places: { type: [String], ...absentArray },
  progress: partSchemaOf<NonNullable<Job['progress']>>({
    done: Number,
    total: Number,
    note: String,
    at: Date,
  }),
  cancelAskedAt: Date,
  finishedAt: Date,
  result: String,
  reason: String,
  error: String,
  thenDue: Boolean,
  removeAt: Date,
  outbox: outboxField,
})

// Each of these indexes holds only the jobs of one state: finished jobs and jobs for tomorrow do not slow down the search for
// what is due now.
const inState = (state: Job['state']) => ({ partialFilterExpression: { state } })
// The state is a part of the key too, so that MongoDB finds the lanes and kinds of ready jobs without reading the jobs.
jobSchema.index({ state: 1, lane: 1, kind: 1, rank: 1 }, { name: 'ready', ...inState('ready') })
jobSchema.index({ state: 1, rank: 1 }, { name: 'suspects', partialFilterExpression: { suspect: true } })
jobSchema.index({ dueAt: 1 }, { name: 'delayed', ...inState('delayed') })
jobSchema.index(
  { gate: 1, state: 1, rank: 1 },
  {
    name: 'gate',
    partialFilterExpression: {
      gate: { $exists: true },
      state: { $in: ['ready', 'held', 'sent', 'running'] },
    },
  },
)
jobSchema.index({ startBy: 1 }, { name: 'sent', ...inState('sent') })
jobSchema.index({ dispatch: 1 }, { name: 'dispatch', sparse: true })
// Present while an attempt is in hand.
jobSchema.index(
  { worker: 1, lane: 1, suspect: 1 },
  { name: 'inHand', partialFilterExpression: { worker: { $exists: true } } },
)
jobSchema.index({ places: 1 }, { name: 'places', unique: true, sparse: true })
jobSchema.index({ slot: 1 }, { name: 'slot', unique: true, sparse: true })
jobSchema.index(
  { kind: 1, expiresAt: 1 },
  { name: 'expires', partialFilterExpression: { expiresAt: { $exists: true } } },
)
jobSchema.index(
  { group: 1, state: 1, _id: 1 },
  { name: 'group', partialFilterExpression: { group: { $exists: true } } },
)
jobSchema.index(
  { schedule: 1, state: 1 },
  { name: 'schedule', partialFilterExpression: { schedule: { $exists: true } } },
)
jobSchema.index({ key: 1, _id: 1 }, { name: 'key', partialFilterExpression: { key: { $exists: true } } })
jobSchema.index({ traceparent: 1 }, { name: 'trace', sparse: true })
jobSchema.index({ kind: 1, _id: 1 }, { name: 'kind' })
jobSchema.index({ owner: 1, _id: 1 }, { name: 'owner' })
// Finished jobs are mostly successful ones, and people look for the others.
jobSchema.index(
  { state: 1, _id: 1 },
  {
    name: 'unsuccessful',
    partialFilterExpression: { state: { $in: ['failed', 'cancelled', 'expired'] } },
  },
)
jobSchema.index({ thenDue: 1 }, { name: 'thenDue', sparse: true })
jobSchema.index({ removeAt: 1 }, { name: 'removeAt', sparse: true })
jobSchema.index(...outboxIndex)

export const jobModel = (connection: Connection): JobModel => modelOf(connection, 'jobs', jobSchema)
