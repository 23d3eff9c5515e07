import { randomUUID } from 'node:crypto'
import type { Envelope } from '@daybook/shared/events'
import { driverCollection } from '@daybook/shared/mongo/model'
import type { EmbeddedEvent } from '@daybook/shared/outbox'
import { jobFinished, type Retention } from '../../stored/finish-store.ts'
import type { Job, PastAttempt } from '../../stored/job.ts'
import type { JobModel } from '../../stored/job-model.ts'
import type { EndNote, EndNotes } from '../end-notes/end-note-store.ts'
import { asRead, type Change, eventsIn, type Filter, startUpdate, updateOf } from './attempt-updates-store.ts'
import type { NextState } from './next-state.ts'
import { type Success, succeedTogether, successesIn } from './succeed-store.ts'

/** The stored attempts. */
export interface Attempts {
  /** Jobs by id, without their data, results, owners, ranks and what only their sending needs. */
  find: (ids: readonly string[]) => Promise<Job[]>
  /** Up to `limit` jobs that a worker runs, by id; `sent` ones too if `all`. */
  ofWorker: (worker: string, limit: number, all?: boolean) => Promise<Job[]>
  /** The ids and attempts of all jobs that a worker runs. */
  runningOf: (worker: string) => Promise<{ job: string; attempt: number }[]>
  /** Attempts that are in hand of these workers and that are to be cancelled. */
  toCancel: (workers: readonly string[]) => Promise<{ job: string; attempt: number }[]>
  /** Up to `limit` sent jobs that may not start after an instant of the broker's clock. */
  sentBefore: (startBy: Date, limit: number) => Promise<Job[]>
  /**
   * Writes changes, each only if the same attempt is still in hand, in the same state.
   * @returns what was stored; and the jobs of which that is not known, because they or others that started with them had
   *   changed since they were read: read them again
   */
  write: (changes: readonly Change[]) => Promise<Written & { unsure: string[] }>
}

/** The events that changes stored. */
export interface Written {
  /** In the documents of jobs. */
  events: EmbeddedEvent[]
  /** Under a note: those of jobs that have succeeded together. */
  ended?: { note: EndNote; events: Envelope[] }
}

// Without what is long, and what no decision about an attempt needs.
const projection = {
  ...{ data: 0, result: 0, cause: 0, 'outbox.event': 0 },
  ...{ owner: 0, fingerprint: 0, rank: 0, sentAt: 0, sentIn: 0 },
} as const

export function openAttempts(
  model: JobModel,
  notes: Pick<EndNotes, 'begin'>,
  retention: Retention,
): Attempts {
  const jobs = driverCollection(model)
  const find = (filter: Filter, limit: number) =>
    jobs.find(filter, { projection }).limit(limit).toArray() as Promise<Job[]>
  const idsOf = async (filter: Filter) => {
    const found = await jobs.find(filter, { projection: { attempt: 1 } }).toArray()
    return found.map(({ _id: job, attempt }) => ({ job, attempt }))
  }

  /** The jobs that start on the same worker at the same time share an update: that is three times as fast. */
  async function writeStarts(changes: readonly Change[]): Promise<string[]> {
    const unsure: string[] = []
    for (const group of Map.groupBy(changes, startKey).values()) {
      const ids = group.map(({ read }) => read._id)
      const [{ read, started }] = group as [Change]
      const filter: Filter = { _id: { $in: ids }, state: 'sent', attempt: read.attempt }
      const { matchedCount } = await jobs.updateMany(filter, startUpdate(started), { hint: '_id_' })
      if (matchedCount < ids.length) unsure.push(...ids)
    }
    return unsure
  }

  async function writeOthers(changes: readonly Change[]): Promise<Written & { unsure: string[] }> {
    if (changes.length === 0) return { events: [], unsure: [] }
    const together = successesIn(changes)
    const note = together.length < 2 ? undefined : await begin(together)
    const noted = new Set(note?.jobs)
    const alone = changes
      .filter(({ read }) => !noted.has(read._id))
      .map(change => ({ change, update: updateOf(change, retention) }))
    const { matchedCount } = await jobs.bulkWrite(
      [
        ...(note === undefined ? [] : succeedTogether(together, retention)),
        ...alone.map(({ change, update }) => ({ updateOne: { filter: asRead(change), update } })),
      ],
      { ordered: false },
    )
    const stored = matchedCount === changes.length ? undefined : await storedAmong(changes)
    const isStored = ({ read }: { read: Job }) => stored?.has(read._id) ?? true
    const events = alone.flatMap(({ change, update }) =>
      isStored(change) ? eventsIn(change.read._id, update) : [],
    )
    const ended = together.filter(isStored).map(({ read, ending }) => jobFinished(read, ending))
    return {
      events,
      ...(note === undefined ? {} : { ended: { note, events: ended } }),
      unsure: changes.filter(change => !isStored(change)).map(({ read }) => read._id),
    }
  }

  /** Stores the note of jobs that are about to succeed. A note costs two small writes, so a single job has none. */
  async function begin(together: readonly Success[]): Promise<EndNote> {
    const [{ ending }] = together as [Success]
    const note = { _id: randomUUID(), at: ending.at, jobs: together.map(({ read }) => read._id) }
    await notes.begin(note)
    return note
  }

  /** The jobs that have the attempt as these changes end it. MongoDB does not say which writes of many found their document. */
  async function storedAmong(changes: readonly Change[]): Promise<Set<string>> {
    const ids = changes.map(({ read }) => read._id)
    const found = await jobs.find({ _id: { $in: ids } }, { projection: { attempts: 1 } }).toArray()
    const attempts = new Map(found.map(job => [job._id, job.attempts ?? []]))
    const stored = changes.filter(({ read, next }) => {
      const past = next && pastOf(next)
      return past && attempts.get(read._id)?.some(one => isSame(one, past))
    })
    return new Set(stored.map(({ read }) => read._id))
  }

  return {
    find: ids => find({ _id: { $in: [...ids] } }, ids.length),
    ofWorker: (worker, limit, all = false) =>
      find({ worker, state: { $in: all ? ['sent', 'running'] : ['running'] } }, limit),
    runningOf: worker => idsOf({ worker, state: 'running' }),
    toCancel: workers => idsOf({ worker: { $in: [...workers] }, cancelAskedAt: { $exists: true } } as Filter),
    sentBefore: (startBy, limit) => find({ state: 'sent', startBy: { $lt: startBy } }, limit),
    async write(changes) {
      const isStart = ({ next, progress }: Change) => next === undefined && progress === undefined
      const unsure = await writeStarts(changes.filter(isStart))
      const others = await writeOthers(changes.filter(change => !isStart(change)))
      return { ...others, unsure: [...unsure, ...others.unsure] }
    },
  }
}

const startKey = ({ read, started }: Change) => `${started?.worker} ${started?.at.getTime()} ${read.attempt}`

const pastOf = (next: NextState) => ('ends' in next ? next.ends.past : next.waits.past)

const isSame = (one: PastAttempt, other: PastAttempt) =>
  one.attempt === other.attempt &&
  one.worker === other.worker &&
  one.outcome === other.outcome &&
  one.endedAt.getTime() === other.endedAt.getTime()
