import type { EmbeddedEvent, Outbox } from '@daybook/shared/outbox'
import type { Runs } from './run-store.ts'

/**
 * The outbox of DayAmended, so that none comes before the DayReported of its day: while a run of a day is not reported, the
 * amendments of that day stay in the outbox, in all time zones, because one user's log may belong to several. A sweep publishes them later.
 */
export function afterReports(
  outbox: Outbox<EmbeddedEvent>,
  runs: Pick<Runs, 'unreported'>,
): Outbox<EmbeddedEvent> {
  const held = new WeakSet<EmbeddedEvent>()

  async function release(given: EmbeddedEvent[]): Promise<EmbeddedEvent[]> {
    const unreported = await runs.unreported([...new Set(given.map(dayOf))])
    for (const one of given) {
      if (unreported.has(dayOf(one))) held.add(one)
      else held.delete(one)
    }
    return given.filter(one => !held.has(one))
  }

  return {
    async publish(given) {
      const released = await release(given)
      if (released.length > 0) await outbox.publish(released)
    },
    async markPublished(given) {
      const published = given.filter(one => !held.has(one))
      if (published.length > 0) await outbox.markPublished(published)
    },
    leftBehind: async (age, limit) => release(await outbox.leftBehind(age, limit)),
  }
}

// The subject of an event of daybook.reports is its day.
const dayOf = ({ event }: EmbeddedEvent) => event.subject
