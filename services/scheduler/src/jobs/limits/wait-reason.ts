import type { Kind } from '../kinds/kind.ts'
import type { Job } from '../stored/job.ts'
import { type Candidate, intervalOf, type Situation } from './decide-admission.ts'
import { kindRate } from './kind-limits.ts'
import { freePlace } from './places.ts'
import { isFailing } from './start-intervals.ts'

/** Which limit keeps a job back. */
export type WaitReason = 'rate' | 'in-flight limit' | 'key' | 'paused' | 'failing'

/** Why a job that is ready or held may not be sent; undefined if no limit keeps it back. */
export function reasonOf(
  job: Candidate & Pick<Job, 'state'>,
  kind: Kind,
  situation: Situation,
): WaitReason | undefined {
  if (kind.paused) return 'paused'
  if (isFailing(situation.rates.get(kindRate(kind.name)) ?? {})) return 'failing'
  const limits = situation.limits.get(kind.name)
  const isFull = (name: string) => {
    const places = situation.places.get(name)
    return places !== undefined && freePlace(places) === undefined
  }
  if (job.state === 'held' || (job.gate !== undefined && isFull(job.gate))) return 'key'
  if (limits?.places.some(({ name }) => isFull(name))) return 'in-flight limit'
  return limits !== undefined && intervalOf(limits, situation) === undefined ? 'rate' : undefined
}
