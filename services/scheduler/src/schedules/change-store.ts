import { isDuplicateKey } from '@daybook/shared/mongo/duplicate-keys'
import type { State } from './next-state.ts'
import type { Change, Stats, UserSchedule } from './schedule.ts'
import { absent, type ScheduleModel, settingFields, withoutHistory } from './schedule-model.ts'

/** What a change writes; fields that are undefined are removed. */
export interface Changed extends State {
  version: number
  /** Not given when the stats stay as they are. */
  stats?: Stats | undefined
}

/** Writes operators' changes of schedules. */
export interface ChangeStore {
  /**
   * Writes a change if the schedule is still as it was read, and adds the change to the audit.
   * @param read the schedule as the caller has read it, also a deleted one; undefined when the name was never used
   * @returns the schedule after the change, without its audit; undefined when the schedule has changed since it was read
   */
  applyChange: (
    name: string,
    read: UserSchedule | undefined,
    changed: Changed,
    entry: Change,
  ) => Promise<UserSchedule | undefined>
}

const MAX_CHANGES = 200

export const changeStore = (schedules: ScheduleModel): ChangeStore => ({
  async applyChange(name, read, changed, entry) {
    const decidedOn =
      read === undefined ? { version: absent } : { version: read.version, nextSlot: read.nextSlot ?? absent }
    const update = {
      ...settingFields({ kind: 'user', ...changed }),
      $push: { changes: { $each: [entry], $slice: -MAX_CHANGES } },
    }
    const options = {
      upsert: read === undefined,
      returnDocument: 'after',
      projection: withoutHistory,
    } as const
    try {
      const written = schedules.findOneAndUpdate({ _id: name, ...decidedOn }, update, options)
      return (await written.lean<UserSchedule>()) ?? undefined
    } catch (error) {
      if (isDuplicateKey(error)) return undefined
      throw error
    }
  },
})
