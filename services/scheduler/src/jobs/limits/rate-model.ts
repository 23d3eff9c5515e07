import { modelOf, schemaOf } from '@daybook/shared/mongo/model'
import type { Connection, Model } from 'mongoose'
import type { RateState } from './start-intervals.ts'

/** A document of the collection `job_rates`. `_id` is `kind:<kind>` or `limit:<name>`. Times are milliseconds by the broker's clock. */
export interface StoredRate extends RateState {
  _id: string
}

export type RateModel = Model<StoredRate>

const rateSchema = schemaOf<StoredRate>({
  tat: Number,
  pausedUntil: Number,
  failures: Number,
  probeFrom: Number,
})

export const rateModel = (connection: Connection): RateModel => modelOf(connection, 'job_rates', rateSchema)
