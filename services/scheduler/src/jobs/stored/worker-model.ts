import { modelOf, partSchemaOf, schemaOf } from '@daybook/shared/mongo/model'
import type { Connection, Model } from 'mongoose'
import type { JobWorker } from './job-worker.ts'

export type WorkerModel = Model<JobWorker>

/** The collection `job_workers`. `JobWorker` says what the fields mean. */
const workerSchema = schemaOf<JobWorker>({
  name: String,
  version: String,
  via: { type: String, enum: ['kafka', 'http'] },
  lanes: [partSchemaOf<JobWorker['lanes'][number]>({ lane: String, partitions: [Number] })],
  kinds: [String],
  slots: Number,
  running: [partSchemaOf<JobWorker['running'][number]>({ job: String, attempt: Number })],
  blockedMs: Number,
  state: { type: String, enum: ['working', 'quiet', 'stopping', 'stopped'] },
  partition: Number,
  beatAt: Date,
  ended: Number,
  lostAt: Date,
  quietAskedAt: Date,
})
workerSchema.index({ partition: 1, beatAt: 1 }, { name: 'leases' })
workerSchema.index({ state: 1, name: 1, _id: 1 }, { name: 'list' })

export const workerModel = (connection: Connection): WorkerModel =>
  modelOf(connection, 'job_workers', workerSchema)
