import { type EmbeddedEvent, type OutboxEntry, outboxEntries } from '@daybook/shared/outbox'
import type { ReadyFiring, Tick } from '../../../../services/scheduler/src/schedules/firing-store.ts'
import type { EndOfDaySchedule } from '../../../../services/scheduler/src/schedules/schedule.ts'
import { encodeEvents } from '../../../../services/scheduler/src/schedules/schedule-model.ts'
import type { Collection } from '../collection.ts'
import { without } from '../copy.ts'

/** `recordFirings` in memory, for end-of-day schedules. Each firing is recorded on its own. */
export async function recordFirings(
  schedules: Collection<EndOfDaySchedule>,
  firings: ReadyFiring[],
  tick: Tick,
): Promise<(EmbeddedEvent[] | undefined)[]> {
  const events = firings.map(({ firing }) => encodeEvents(firing.events))
  for (const [i, one] of firings.entries()) {
    const entries = outboxEntries(events[i] ?? [])
    await schedules.update(one.read._id, isAsRead(one), stored => fired(stored, one, entries, tick))
  }
  // Also those that an earlier call with the same tick recorded before it failed.
  const found = await schedules.getAll(firings.map(({ read }) => read._id))
  const recorded = new Set(found.flatMap(({ _id, firedIn }) => (firedIn === tick.id ? _id : [])))
  return firings.map(({ read: { _id: document } }, i) =>
    recorded.has(document) ? events[i]?.map(event => ({ document, event })) : undefined,
  )
}

const isAsRead =
  ({ read }: ReadyFiring) =>
  (stored: EndOfDaySchedule): boolean =>
    read.kind === 'end-of-day' &&
    stored.nextDay === read.nextDay &&
    stored.nextFireAt?.getTime() === read.nextFireAt?.getTime()

function fired(
  stored: EndOfDaySchedule,
  { firing: { next, tally, past } }: ReadyFiring,
  entries: OutboxEntry[],
  tick: Tick,
): EndOfDaySchedule {
  const { stats, outbox = [] } = stored
  const { nextFireAt, nextDay = stored.nextDay } = next
  const { last } = tally
  const waiting = [...outbox, ...entries]
  const firings = [...(stored.firings ?? []), ...past].slice(-50)
  return {
    ...without(stored, 'nextFireAt', 'outbox'),
    nextDay,
    ...(nextFireAt && { nextFireAt }),
    stats: {
      ...stats,
      ...(last && { lastSlot: last.slot, lastFiredAt: tick.now, lateMs: last.lateMs }),
      fired: (stats?.fired ?? 0) + tally.fired,
      missed: (stats?.missed ?? 0) + tally.missed,
      caughtUp: (stats?.caughtUp ?? 0) + tally.caughtUp,
    },
    ...(waiting.length > 0 && { outbox: waiting }),
    ...(firings.length > 0 && { firings }),
    firedIn: tick.id,
  }
}
