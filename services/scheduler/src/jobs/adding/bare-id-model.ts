import { modelOf, schemaOf } from '@daybook/shared/mongo/model'
import type { Connection, Model } from 'mongoose'

/**
 * A document of the collection `job_ids`: a chosen id that must not be used again, although no job or group of this id is
 * stored. `_id` is the id of a job, or `group/<id>` for a group.
 */
export interface BareId {
  _id: string
  /** The fingerprint of the request. */
  fingerprint: string
  /** The job that ran for this request, when it was coalesced. */
  job?: string
  removeAt: Date
}

export type BareIdModel = Model<BareId>

const bareIdSchema = schemaOf<BareId>({ fingerprint: String, job: String, removeAt: Date })
bareIdSchema.index({ removeAt: 1 }, { name: 'removeAt' })

export const bareIdModel = (connection: Connection): BareIdModel =>
  modelOf(connection, 'job_ids', bareIdSchema)

/** The bare id of a group. No job has it, because ids of jobs contain no slash. */
export const bareGroupId = (group: string) => `group/${group}`
