import type { Kind } from '../kinds/kind.ts'
import type { Job } from '../stored/job.ts'
import type { JobsBase } from '../stored/open-jobs-store.ts'
import { type AdmissionStores, admissionStores } from './admission-stores.ts'
import {
  type Admitted,
  type Candidate,
  type Decision,
  decideAdmission,
  type Situation,
} from './decide-admission.ts'
import { type KindOutcomes, makeNoteOutcomes, probeOf } from './failing.ts'
import { gateLimit, kindOfGate } from './gate.ts'
import { kindOfRate, kindRate, limitsOf } from './kind-limits.ts'
import { releaseGates } from './release-gates.ts'
import { isFailing } from './start-intervals.ts'
import { reasonOf, type WaitReason } from './wait-reason.ts'

/** Says which jobs may be sent now, and lets held jobs go on. */
export interface Admission {
  /**
   * Decides which ready jobs may be sent now, and takes start intervals for them. Jobs that it does not return stay ready,
   * except those whose gate is closed, which it holds. Call it again only after the admitted jobs were sent: until then their
   * places look free.
   * @param jobs of all kinds and lanes, the most urgent first
   * @param brokerNow in milliseconds
   */
  admit: <J extends Candidate>(jobs: readonly J[], brokerNow: number) => Promise<Admitted<J>[]>
  /**
   * Makes held jobs ready, as many as their gates let pass.
   * @returns how many became ready
   */
  release: (gates: readonly string[]) => Promise<number>
  /** Lets no attempt of a kind start before an instant, in milliseconds by the broker's clock. */
  pause: (kind: string, untilBrokerMs: number) => Promise<void>
  /** Notes how attempts have ended, before that is written. A kind that fails again and again is probed by one at a time. */
  noteOutcomes: (outcomes: readonly KindOutcomes[]) => Promise<void>
  /** The kinds of which the last attempts have all failed: of some kinds, or of all. */
  failing: (kinds?: readonly string[]) => Promise<Set<string>>
  /** Why a job that is ready or held may not be sent; undefined if no limit keeps it back. */
  limitReason: (
    kind: Kind,
    job: Pick<Job, '_id' | 'kind' | 'gate' | 'state'>,
    brokerNow: number,
  ) => Promise<WaitReason | undefined>
}

/** Opens admission on the stored jobs. */
export function openAdmission(
  base: Pick<JobsBase, 'connection' | 'jobs'>,
  kinds: AdmissionStores['kinds'],
): Admission {
  const stores = admissionStores(base, kinds)
  return {
    admit: (jobs, brokerNow) => admit(stores, jobs, brokerNow),
    release: gates => releaseGates(stores, gates),
    pause: (kind, until) => stores.rates.pause(kindRate(kind), until),
    noteOutcomes: makeNoteOutcomes(kinds, stores.rates),
    failing: async names => new Set((await stores.rates.failing(names?.map(kindRate))).map(kindOfRate)),
    async limitReason(kind, job, brokerNow) {
      return reasonOf(job, kind, await situationOf(stores, [job], brokerNow))
    },
  }
}

// Only another process that dispatches at the same time makes a try fail.
const MAX_TRIES = 5

async function admit<J extends Candidate>(
  stores: AdmissionStores,
  jobs: readonly J[],
  brokerNow: number,
): Promise<Admitted<J>[]> {
  if (jobs.length === 0) return []
  for (let n = 0; n < MAX_TRIES; n += 1) {
    const situation = await situationOf(stores, jobs, brokerNow)
    const before = new Map(situation.rates)
    const decision = decideAdmission(jobs, situation)
    const changes = [...decision.takenRates].map(id => ({
      id,
      before: before.get(id) ?? {},
      after: situation.rates.get(id) ?? {},
    }))
    if (!(await stores.rates.take(changes))) continue
    await holdBlocked(stores, decision)
    return decision.admitted
  }
  return []
}

/** Reads everything that limits some jobs. */
async function situationOf(
  { kinds, places, rates }: AdmissionStores,
  jobs: readonly Candidate[],
  now: number,
): Promise<Situation> {
  const gates = [...new Set(jobs.flatMap(({ gate }) => gate ?? []))]
  const named = [...jobs.map(({ kind }) => kind), ...gates.flatMap(gate => kindOfGate(gate) ?? [])]
  const known = await kinds.getMany(named)
  const shared = await kinds.limits.getMany([...known.values()].flatMap(({ limits }) => limits))
  const limits = new Map([...known].map(([name, kind]) => [name, limitsOf(kind, shared)]))
  const all = [...limits.values()]
  const placeLimits = new Map(all.flatMap(one => one.places).map(limit => [limit.name, limit]))
  const gateLimits = gates.flatMap(name => {
    const limit = gateLimit(name, known)
    return limit === undefined ? [] : [{ name, limit }]
  })
  const [ofLimits, ofGates, states] = await Promise.all([
    places.ofLimits([...placeLimits.values()]),
    places.ofGates(gateLimits),
    rates.read([...new Set(all.flatMap(one => one.rates.map(({ id }) => id)))]),
  ])
  const situation = { kinds: known, limits, places: new Map([...ofLimits, ...ofGates]), rates: states, now }
  await limitFailing({ places, rates }, situation)
  return situation
}

/**
 * Adds the limit of kinds that are failing. Their states are read again after its place: the place becomes free after the
 * failure of a probe is stored, so what is read then says how long the next probe has to wait.
 */
async function limitFailing(
  { places, rates }: Pick<AdmissionStores, 'places' | 'rates'>,
  situation: Situation,
): Promise<void> {
  const isClosed = (kind: string) => isFailing(situation.rates.get(kindRate(kind)) ?? {})
  const failing = [...situation.limits.keys()].filter(isClosed)
  if (failing.length === 0) return
  for (const [name, taken] of await places.ofLimits(failing.map(probeOf))) situation.places.set(name, taken)
  for (const [id, state] of await rates.read(failing.map(kindRate))) situation.rates.set(id, state)
  for (const kind of failing) situation.limits.get(kind)?.places.push(probeOf(kind))
}

/** Holds the ready jobs of closed gates, so that they do not stand before other jobs. */
async function holdBlocked(
  stores: AdmissionStores,
  { blockedGates, admitted }: Decision<Candidate>,
): Promise<void> {
  const gates = [...blockedGates]
  if (gates.length === 0) return
  const admittedHere = admitted.filter(({ job }) => job.gate !== undefined && blockedGates.has(job.gate))
  await stores.gates.hold(
    gates,
    admittedHere.map(({ job }) => job._id),
  )
  // An attempt may have ended between the look at its place and the hold: nobody else would release the job then.
  await releaseGates(stores, gates)
}
