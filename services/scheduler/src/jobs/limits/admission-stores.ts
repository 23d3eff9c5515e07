import type { Kinds } from '../kinds/kind-store.ts'
import type { JobsBase } from '../stored/open-jobs-store.ts'
import { type GateStore, gateStore } from './gate-store.ts'
import { type PlaceStore, placeStore } from './place-store.ts'
import { type RateStore, rateStore } from './rate-store.ts'

/** What the parts of admission share. */
export interface AdmissionStores {
  kinds: Pick<Kinds, 'getMany'> & { limits: Pick<Kinds['limits'], 'getMany'> }
  gates: GateStore
  places: PlaceStore
  rates: RateStore
}

export const admissionStores = (
  { connection, jobs }: Pick<JobsBase, 'connection' | 'jobs'>,
  kinds: AdmissionStores['kinds'],
): AdmissionStores => ({
  kinds,
  gates: gateStore(jobs),
  places: placeStore(jobs),
  rates: rateStore(connection),
})
