import type { Job } from '../../stored/job.ts'
import type { JobWorker } from '../../stored/job-worker.ts'

/** What a worker has in hand: attempts that were sent to it or that it runs. */
export interface InHand {
  attempts: number
  /** How many of them are attempts of suspects, which have their worker for themselves. */
  suspects: number
}

/** How many attempts a worker may be sent now. */
export interface Credit {
  worker: string
  kinds: ReadonlySet<string>
  /** The partitions that it owns, of each lane that it reads. */
  lanes: ReadonlyMap<string, readonly number[]>
  slots: number
  inHand: InHand
  /** Slots without an attempt. */
  free: number
  /** How many attempts may be sent, including those that have to wait for a slot: at least `free`. */
  total: number
}

const nothing: InHand = { attempts: 0, suspects: 0 }

/**
 * Computes how many attempts each worker may be sent. A worker may have as many in hand as it has slots, and in addition as
 * many as it has ended lately: so short jobs are sent ahead, and long ones are not.
 * @param workers workers that are alive; only those that take attempts get credit
 * @param inHand by worker
 * @param endedLately returns how many attempts of a worker have ended within the time for which jobs are sent ahead
 */
export function creditOf(
  workers: readonly JobWorker[],
  inHand: ReadonlyMap<string, InHand>,
  endedLately: (worker: JobWorker) => number,
): Credit[] {
  return workers
    .filter(({ state }) => state === 'working')
    .map(worker => {
      const held = inHand.get(worker._id) ?? nothing
      const free = Math.max(0, worker.slots - held.attempts)
      const total = Math.max(0, worker.slots + endedLately(worker) - held.attempts)
      // A worker that claims its attempts by HTTP owns no partitions.
      const owned = worker.lanes.filter(({ partitions }) => worker.via === 'http' || partitions.length > 0)
      return {
        worker: worker._id,
        kinds: new Set(worker.kinds),
        lanes: new Map(owned.map(({ lane, partitions }) => [lane, partitions])),
        slots: worker.slots,
        inHand: held,
        free,
        // A suspect has the worker for itself.
        ...(held.suspects > 0 ? { free: 0, total: 0 } : { total }),
      }
    })
}

/** The credits that are left after attempts were sent. */
export function afterSends(
  credits: readonly Credit[],
  sent: readonly { worker: string; job: Pick<Job, 'suspect'> }[],
): Credit[] {
  const byWorker = Map.groupBy(sent, ({ worker }) => worker)
  return credits.map(credit => {
    const own = byWorker.get(credit.worker) ?? []
    const attempts = credit.inHand.attempts + own.length
    const suspects = credit.inHand.suspects + own.filter(({ job }) => job.suspect === true).length
    const left = (units: number) => (suspects > 0 ? 0 : Math.max(0, units - own.length))
    return { ...credit, inHand: { attempts, suspects }, free: left(credit.free), total: left(credit.total) }
  })
}

/**
 * Says whether every worker has more attempts in hand than slots: then more can be sent a moment later without leaving a slot
 * unused.
 */
export const allHaveMore = (credits: readonly Credit[]): boolean =>
  credits.every(({ slots, inHand }) => inHand.attempts > slots)

/**
 * Remembers how many attempts each worker has ended, to say how many of them ended lately.
 * @param windowMs how far back "lately" reaches
 */
export function makeEndedWindow(windowMs: number) {
  const seen = new Map<string, { at: number; ended: number }[]>()
  return {
    /**
     * Notes the counters of all workers that are alive, and forgets the others.
     * @param at milliseconds of a clock that never goes back
     */
    note(workers: readonly Pick<JobWorker, '_id' | 'ended'>[], at: number): void {
      const alive = new Set(workers.map(({ _id }) => _id))
      for (const id of seen.keys()) if (!alive.has(id)) seen.delete(id)
      for (const { _id, ended } of workers) {
        const notes = [...(seen.get(_id) ?? []), { at, ended }]
        const before = notes.findLastIndex(note => note.at <= at - windowMs)
        seen.set(_id, notes.slice(Math.max(0, before)))
      }
    },
    /** Returns how many attempts of a worker have ended within the window; 0 for a worker that was noted once. */
    endedLately({ _id }: Pick<JobWorker, '_id'>): number {
      const notes = seen.get(_id) ?? []
      return Math.max(0, (notes.at(-1)?.ended ?? 0) - (notes[0]?.ended ?? 0))
    },
  }
}
