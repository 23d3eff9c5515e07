import { streamOf } from '@daybook/shared/mongo/stream'
import { currentTimeZone, olderTimeZones } from '@daybook/shared/time/days'
import type { Connection, QueryFilter } from 'mongoose'
import { inGroups } from '../in-groups.ts'
import { runId } from '../run-id.ts'
import { notDone, type Run, runModel } from '../runs/run-model.ts'

/** The runs that earlier versions stored under older names of time zones. */
export interface RenamedRuns {
  unfinished: () => Promise<Run[]>
  /** Removes a run if it is still not done. */
  removeUnfinished: (id: string) => Promise<void>
  /** Streams runs of a day or later that are done, in groups. */
  doneSince: (day: string) => AsyncIterable<Run[]>
  /** Streams the given runs that are done and have an older name, in groups. */
  doneAmong: (ids: string[]) => AsyncIterable<Run[]>
  /**
   * Moves runs that are done, and their outboxes, to the current names. If a run already has the current name, it only gets
   * the outbox.
   */
  rename: (done: Run[]) => Promise<void>
}

export function openRenamedRuns(connection: Connection): RenamedRuns {
  const runs = runModel(connection)
  const older = { timeZone: { $in: [...olderTimeZones] } }
  const findDone = (filter: QueryFilter<Run>) =>
    inGroups(
      streamOf(
        runs
          .find({ ...filter, ...older, state: 'done' })
          .lean<Run>()
          .cursor(),
      ),
    )

  async function rename(done: Run[]): Promise<void> {
    const renamed = done.map(({ _id: _, ...run }) => ({ ...run, timeZone: currentTimeZone(run.timeZone) }))
    const inserts = renamed.map(run => {
      const filter = { _id: runId(run.day, run.timeZone) }
      return { updateOne: { filter, update: { $setOnInsert: run }, upsert: true } }
    })
    const { upsertedIds } = await runs.bulkWrite(inserts)
    const pushes = renamed.flatMap(({ day, timeZone, outbox }, i) => {
      if (i in upsertedIds || outbox === undefined) return []
      const update = { $push: { outbox: { $each: outbox } } }
      return [{ updateOne: { filter: { _id: runId(day, timeZone) }, update } }]
    })
    if (pushes.length > 0) await runs.bulkWrite(pushes)
    await runs.deleteMany({ _id: { $in: done.map(({ _id }) => _id) } })
  }

  return {
    unfinished: () => runs.find({ ...notDone, ...older }).lean<Run[]>(),
    async removeUnfinished(_id) {
      await runs.deleteOne({ _id, ...notDone })
    },
    // An id is greater than its day, because it begins with the day.
    doneSince: day => findDone({ _id: { $gt: day } }),
    doneAmong: ids => findDone({ _id: { $in: ids } }),
    rename,
  }
}
