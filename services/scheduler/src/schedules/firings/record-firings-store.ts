import { driverCollection } from '@daybook/shared/mongo/model'
import { type EmbeddedEvent, outboxEntries } from '@daybook/shared/outbox'
import { encodeEvents, type ScheduleModel } from '../schedule-model.ts'
import { areUnchanged, firingUpdate, type ReadyFiring, type Tick } from './firing-update-store.ts'

/**
 * Records the firings of different schedules by one update: one for each schedule takes MongoDB almost twice the time. For each
 * schedule it is a compare-and-set of its own.
 * @returns for each firing, in order, the stored events; undefined when its schedule has changed, or when too many of its
 *   events wait. After an error, a call with the same tick returns the events of firings that were recorded before the error, too.
 */
export async function recordFirings(
  schedules: ScheduleModel,
  firings: ReadyFiring[],
  tick: Tick,
): Promise<(EmbeddedEvent[] | undefined)[]> {
  const names = firings.map(({ read }) => read._id)
  const events = firings.map(({ firing }) => encodeEvents(firing.events))
  const { matchedCount } = await driverCollection(schedules).updateMany(
    { _id: { $in: names }, $expr: areUnchanged(firings) },
    firingUpdate(firings, events.map(outboxEntries), tick),
  )
  const recorded = matchedCount === names.length ? names : await recordedIn(schedules, names, tick)
  const isRecorded = new Set(recorded)
  return names.map((document, i) =>
    isRecorded.has(document) ? events[i]?.map(event => ({ document, event })) : undefined,
  )
}

/** Finds what a tick recorded: of several processes that fire the same schedules at the same time, each records some. */
async function recordedIn(schedules: ScheduleModel, names: string[], { id }: Tick): Promise<string[]> {
  const found = schedules.find({ _id: { $in: names }, firedIn: id }, { _id: 1 }).lean<{ _id: string }[]>()
  return (await found).map(({ _id }) => _id)
}
