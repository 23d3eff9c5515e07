import type { Job } from '../stored/job.ts'
import { type Assignment, choose, makeAssigner } from './choice/choose.ts'
import type { Credit } from './choice/credit.ts'
import type { Dispatch, Send, SendStore } from './sending/send-store.ts'

/** What can be sent in a turn, and to whom. */
export interface Offer {
  credits: readonly Credit[]
  /** Workers that get nothing but what is assigned. */
  closed: ReadonlySet<string>
  /** Suspects with their workers. */
  assigned: readonly Assignment[]
  candidates: readonly Job[]
  /** Milliseconds by the broker's clock. */
  brokerNow: number
  /** Within how many milliseconds an attempt must start, unless a rate says when. */
  startWithin: number
}

/** A job that its limits admit now. */
export interface Admitted {
  job: Pick<Job, '_id'>
  places: string[]
  /** Only if a rate limits it. */
  startFrom?: Date
  startBy?: Date
}

export interface SendDeps {
  /** Decides which jobs their limits admit; called again only after the admitted ones were sent. */
  admission: { admit: (jobs: readonly Job[], brokerNow: number) => Promise<Admitted[]> }
  sends: Pick<SendStore, 'send'>
}

/**
 * Sends jobs within the credit of workers, as far as their limits admit them. What a limit keeps back does not use credit: the
 * jobs behind it get it in another round.
 * @returns the attempts that are recorded as sent, and the kinds of which jobs were kept back
 */
export async function sendWithin(
  { admission, sends }: SendDeps,
  offer: Offer,
  dispatch: Dispatch,
): Promise<{ sent: Send[]; refused: Set<string> }> {
  const assigner = makeAssigner(offer.credits, offer.closed)
  const [sent, refused]: [Send[], Set<string>] = [[], new Set()]
  let candidates = offer.candidates.filter(job => !isExpired(job, dispatch.at))
  let chosen = [...offer.assigned, ...choose(candidates, assigner)]
  while (chosen.length > 0) {
    const admitted = await admission.admit(suspectsFirst(chosen), offer.brokerNow)
    const allowed = new Map(admitted.map(one => [one.job._id, one]))
    const won = chosen.flatMap(one => sendOf(one, allowed.get(one.job._id), offer, dispatch.at) ?? [])
    if (won.length > 0) sent.push(...(await sends.send(won, dispatch)))
    const kept = chosen.filter(({ job }) => !allowed.has(job._id))
    if (kept.length === 0) break
    for (const { job, worker } of kept) {
      refused.add(job.kind)
      assigner.giveBack(worker)
    }
    const tried = new Set(chosen.map(({ job }) => job._id))
    candidates = candidates.filter(({ _id, kind }) => !tried.has(_id) && !refused.has(kind))
    chosen = choose(candidates, assigner)
  }
  return { sent, refused }
}

/** By rank. A suspect that waits for a limit keeps a worker from all other jobs, so it is the first that its limits admit. */
const suspectsFirst = (chosen: readonly Assignment[]) =>
  chosen
    .map(({ job }) => job)
    .toSorted(
      (a, b) =>
        Number(b.suspect === true) - Number(a.suspect === true) || a.rank.getTime() - b.rank.getTime(),
    )

/** A job that is about to expire, or whose expiry is about to be put off. */
const isExpired = ({ expiresAt }: Job, now: Date) => expiresAt !== undefined && expiresAt <= now

/** Makes the attempt of an assigned job; undefined if its limits do not admit it. */
export function sendOf(
  { job, worker }: Assignment,
  admitted: Admitted | undefined,
  { brokerNow, startWithin }: Pick<Offer, 'brokerNow' | 'startWithin'>,
  now: Date,
): Send | undefined {
  if (admitted === undefined) return undefined
  const { places, startFrom, startBy } = admitted
  // The two clocks differ, so the time that is left is what counts.
  const left = (job.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY) - now.getTime()
  const latest = new Date(brokerNow + Math.min(startWithin, left))
  return {
    job,
    worker,
    places,
    ...(startFrom === undefined ? {} : { startFrom }),
    startBy: startBy === undefined || latest < startBy ? latest : startBy,
  }
}
