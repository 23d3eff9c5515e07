import { driverCollection, modelOf, schemaOf } from '@daybook/shared/mongo/model'
import { finishedFields } from '../../stored/finish-store.ts'
import type { Job } from '../../stored/job.ts'
import type { JobsBase } from '../../stored/open-jobs-store.ts'

/** Names jobs that succeed together. Stored before they do, and until their JobFinished are published. */
export interface EndNote {
  _id: string
  /** The `finishedAt` of these jobs, by MongoDB's clock. */
  at: Date
  jobs: string[]
}

/** The stored notes. */
export interface EndNotes {
  begin: (note: EndNote) => Promise<void>
  /** Removes notes whose events are published. */
  end: (ids: readonly string[]) => Promise<void>
  /** Lets a note name only some of its jobs. */
  narrow: (id: string, jobs: readonly string[]) => Promise<void>
  /** Notes of jobs that were to end before an instant, oldest first. */
  left: (before: Date, limit: number) => Promise<EndNote[]>
  /** The jobs of a note as they are stored, without their data and results. */
  jobsOf: (note: EndNote) => Promise<Job[]>
}

// Without an index: the collection holds only what is being published.
const endNoteSchema = schemaOf<EndNote>({ at: Date, jobs: [String] })

export function endNotes({ connection, jobs }: Pick<JobsBase, 'connection' | 'jobs'>): EndNotes {
  const [notes, collection] = [
    driverCollection(modelOf(connection, 'job_end_notes', endNoteSchema)),
    driverCollection(jobs),
  ]
  return {
    async begin(note) {
      await notes.insertOne(note)
    },
    async end(ids) {
      // If a crash loses the removal, the events are only published once more, so it does not wait for the journal.
      await notes.deleteMany({ _id: { $in: [...ids] } }, { writeConcern: { w: 1, journal: false } })
    },
    async narrow(_id, named) {
      await notes.updateOne({ _id }, { $set: { jobs: [...named] } })
    },
    left: (before, limit) =>
      notes
        .find({ at: { $lt: before } })
        .sort({ at: 1 })
        .limit(limit)
        .toArray(),
    jobsOf: note =>
      collection
        .find({ _id: { $in: note.jobs } }, { projection: { ...finishedFields, state: 1, finishedAt: 1 } })
        .toArray() as Promise<Job[]>,
  }
}
