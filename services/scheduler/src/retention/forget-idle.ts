import { startLoop } from '@daybook/shared/async/loop'
import { isOutage } from '@daybook/shared/failures/outage'
import type { mongo } from 'mongoose'
import type { Logger } from 'pino'
import type { UserSchedule } from '../schedules/schedule.ts'
import type { Schedules } from '../schedules/schedule-store.ts'
import { setting } from '../schedules/update.ts'
import { idleSince } from './idle-since.ts'

type Write = mongo.AnyBulkWriteOperation<UserSchedule>

/** How many schedules one turn looks at. */
export const MOST_IDLE = 100
const EACH = 3_600_000
// There is no hurry: firing comes first.
const BETWEEN = 100

/**
 * Forgets schedules that have been idle for longer than a time: what stays of them is a tombstone with the name, the
 * version and the last slot, so that versions go on and no slot fires twice. One that is changed meanwhile is left alone.
 * @param retention in milliseconds
 * @returns how many it looked at, and how many of them it forgot
 */
export async function forgetIdle(
  { collection }: Pick<Schedules, 'collection'>,
  retention: number,
  now: Date,
): Promise<{ seen: number; forgotten: number }> {
  // Only operators' schedules have a definition.
  const schedules = collection as unknown as mongo.Collection<UserSchedule>
  const before = new Date(now.getTime() - retention)
  const found = await schedules
    .find(mayBeIdle(before), { projection: { changes: { $slice: -1 }, firedByHand: 0 } })
    .limit(MOST_IDLE)
    .toArray()
  const idle: Write[] = []
  const others: Write[] = []
  for (const schedule of found) {
    const since = idleSince(schedule) ?? now
    if (since < before) idle.push(forgetting(schedule, now))
    else others.push(notIdle(schedule, since))
  }
  if (others.length > 0) await schedules.bulkWrite(others, { ordered: false })
  const forgotten = idle.length > 0 ? (await schedules.bulkWrite(idle, { ordered: false })).modifiedCount : 0
  return { seen: found.length, forgotten }
}

/** By the index `idle`. What has events to publish is not done yet. */
const mayBeIdle = (before: Date): mongo.Filter<UserSchedule> => ({
  definition: { $exists: true },
  nextFireAt: { $exists: false },
  notIdleBefore: { $not: { $gte: before } },
  outbox: { $exists: false },
})

/** Whatever becomes of it from now on, it is idle no earlier than that: until then nobody has to look again. */
const notIdle = ({ _id }: UserSchedule, notIdleBefore: Date): Write => ({
  updateOne: { filter: { _id, definition: { $exists: true } }, update: { $set: { notIdleBefore } } },
})

function forgetting({ _id, version, firedByHandAt, stats, deletedAt }: UserSchedule, now: Date): Write {
  const absent = { $exists: false }
  const filter = { _id, version, nextFireAt: absent, outbox: absent, firedByHandAt: firedByHandAt ?? absent }
  const lastSlot = stats?.lastSlot
  const update = setting({
    deletedAt: deletedAt ?? now,
    stats: lastSlot && { lastSlot },
    definition: undefined,
    anchor: undefined,
    changes: undefined,
    firedByHand: undefined,
    firedByHandAt: undefined,
    notIdleBefore: undefined,
  })
  return { updateOne: { filter, update } } as Write
}

/**
 * Forgets idle schedules at the start, and then each hour; any number of processes may.
 * @param retention in milliseconds
 * @param fail called when it fails for another reason than an outage
 */
export function startForgetting(
  schedules: Pick<Schedules, 'collection'>,
  retention: number,
  { log, fail }: { log: Pick<Logger, 'info'>; fail: (error: Error) => void },
): { stop: () => Promise<void> } {
  return startLoop(async () => {
    try {
      const { seen, forgotten } = await forgetIdle(schedules, retention, new Date())
      if (forgotten > 0)
        log.info({ forgotten }, 'forgot schedules that were idle for SCHEDULE_RETENTION_DAYS')
      return seen === MOST_IDLE ? BETWEEN : EACH
    } catch (error) {
      if (!isOutage(error)) throw error
      return EACH
    }
  }, fail)
}
