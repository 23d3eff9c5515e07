import { randomUUID } from 'node:crypto'
import type { InsertNew } from '../adding/add-new.ts'
import type { Kind } from '../kinds/kind.ts'
import type { Kinds } from '../kinds/kind-store.ts'
import type { Job } from '../stored/job.ts'
import type { JobsBase } from '../stored/open-jobs-store.ts'
import { choose, makeAssigner } from './choice/choose.ts'
import type { Credit } from './choice/credit.ts'
import { dueOf, isLimited, type Turn } from './dispatch-turn.ts'
import { type SendDeps, sendOf } from './send-within.ts'
import { type Send, type SendStore, sentFields } from './sending/send-store.ts'

export interface InsertNewDeps {
  base: Pick<JobsBase, 'now' | 'brokerClock'>
  kinds: Pick<Kinds, 'getMany'>
  admission: SendDeps['admission']
  sends: Pick<SendStore, 'note'>
  /** Within how many milliseconds of being sent an attempt must start. */
  startWithin: number
  /** What workers may be sent; empty while this process does not dispatch, while jobs wait, or while a worker has no free slot. */
  credits: () => readonly Credit[]
  /** Takes attempts off the credits. */
  take: (sends: readonly Pick<Send, 'job' | 'worker'>[]) => void
  /** Publishes attempts that are stored. */
  publish: (sent: Pick<Turn, 'dispatch' | 'kinds' | 'due'>, credits: readonly Credit[]) => void
  /** Called when ready jobs are left for a turn: later jobs wait behind them. */
  left: () => void
}

/**
 * Makes the function that inserts new jobs. While nothing waits, a job that no limit concerns is inserted with its attempt as
 * sent: that saves two searches and an update, and the attempt is published some milliseconds earlier.
 */
export function makeInsertNew(deps: InsertNewDeps): InsertNew {
  return async (jobs, insert) => {
    const kinds = await deps.kinds.getMany(jobs.map(({ kind }) => kind))
    const credits = deps.credits().map(credit => ({ ...credit, total: credit.free }))
    const sends = await assign(deps, jobs, { kinds, credits })
    const sendOfJob = new Map(sends.map(one => [one.job, one]))
    if (jobs.some(job => job.state === 'ready' && !sendOfJob.has(job))) deps.left()
    if (sends.length === 0) return { stored: await insert(jobs), sent: new Set() }
    const dispatch = { _id: randomUUID(), at: deps.base.now() }
    const planned = jobs.map(job => {
      const send = sendOfJob.get(job)
      return send === undefined ? job : { ...job, ...sentFields(send, dispatch) }
    })
    const ids = sends.map(({ job }) => job._id)
    const [stored] = await Promise.all([insert(planned), deps.sends.note(dispatch, ids, [])])
    const isStored = new Set(jobs.filter((_, i) => stored[i]))
    const due = sends.filter(({ job }) => isStored.has(job)).map(one => dueOf(one, dispatch))
    deps.publish({ dispatch, kinds, due }, credits)
    return { stored, sent: new Set(sendOfJob.keys()) }
  }
}

/** Gives free slots to jobs. They are taken before anything is awaited, so that others do not get them too. */
async function assign(
  { base, admission, take, startWithin }: InsertNewDeps,
  jobs: readonly Job[],
  { kinds, credits }: { kinds: ReadonlyMap<string, Kind>; credits: readonly Credit[] },
): Promise<Send[]> {
  const brokerNow = base.brokerClock.now()
  if (brokerNow === undefined || credits.length === 0) return []
  const chosen = choose(
    jobs.filter(job => mayBeSent(job, kinds.get(job.kind))),
    makeAssigner(credits),
  )
  take(chosen)
  const candidates = chosen.map(({ job }) => job)
  // The kind may be paused for a time or failing.
  const admitted = candidates.length === 0 ? [] : await admission.admit(candidates, brokerNow)
  const allowed = new Map(admitted.filter(({ places }) => places.length === 0).map(one => [one.job._id, one]))
  const offer = { brokerNow, startWithin }
  return chosen.flatMap(one => sendOf(one, allowed.get(one.job._id), offer, base.now()) ?? [])
}

const mayBeSent = ({ state, gate, slot, expiresAt }: Job, kind: Kind | undefined): boolean =>
  state === 'ready' &&
  gate === undefined &&
  slot === undefined &&
  expiresAt === undefined &&
  kind !== undefined &&
  !kind.paused &&
  !isLimited(kind)
