import type { Job } from '../../stored/job.ts'
import type { Credit } from './credit.ts'

/** What the choice of a worker depends on. */
export type Candidate = Pick<Job, '_id' | 'kind' | 'lane' | 'rank' | 'suspect'>

/** A job and the worker that it is sent to. */
export interface Assignment<J extends Candidate = Job> {
  job: J
  worker: string
}

/** Assigns jobs to workers within their credit. */
export interface Assigner {
  /** Assigns a job, and takes a unit of the worker's credit. Returns the worker; undefined if none can take the job. */
  assign: (job: Candidate) => string | undefined
  /** Gives the credit back of an assignment that is not used. */
  giveBack: (worker: string) => void
}

/** Whether a worker can run a job: it owns partitions of the lane and has a handler of the kind. */
export const canRun = ({ kinds, lanes }: Credit, { kind, lane }: Pick<Job, 'kind' | 'lane'>): boolean =>
  lanes.has(lane) && kinds.has(kind)

/**
 * Makes an assigner. A job goes to the worker with the most free slots. Only when no slot is free, jobs are sent ahead, to
 * the worker with the most credit: a worker whose slots are busy with long jobs gets no job while others are free.
 * @param closed workers that get nothing, because a suspect has or needs them
 */
export function makeAssigner(credits: readonly Credit[], closed: ReadonlySet<string> = new Set()): Assigner {
  const open = credits.filter(({ worker, total }) => total > 0 && !closed.has(worker))
  const workers = new Map(open.map(credit => [credit.worker, { credit, taken: 0 }]))
  // The units beyond `free` come after all units that are free on any worker.
  const preference = ({ credit, taken }: { credit: Credit; taken: number }) =>
    credit.free > taken ? Number.MAX_SAFE_INTEGER / 2 + credit.free - taken : credit.total - taken

  return {
    assign(job) {
      let best: { credit: Credit; taken: number } | undefined
      for (const one of workers.values()) {
        if (one.taken >= one.credit.total || !canRun(one.credit, job)) continue
        if (best === undefined || preference(one) > preference(best)) best = one
      }
      if (best !== undefined) best.taken += 1
      return best?.credit.worker
    },
    giveBack(worker) {
      const found = workers.get(worker)
      if (found !== undefined) found.taken -= 1
    },
  }
}

/** Assigns jobs in the order of their rank, and leaves out those that no worker can take now. */
export function choose<J extends Candidate>(candidates: readonly J[], assigner: Assigner): Assignment<J>[] {
  return candidates
    .toSorted((a, b) => a.rank.getTime() - b.rank.getTime())
    .flatMap(job => {
      const worker = assigner.assign(job)
      return worker === undefined ? [] : [{ job, worker }]
    })
}
