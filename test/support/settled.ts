import { topics } from '@daybook/shared/events'
import { connectKafka, hasPassed } from '@daybook/shared/kafka'
import { type Stack, silent, until } from '@daybook/shared/testing'
import type { Test } from 'tap'

const LOG_REQUESTS = ['daybook.reporting.jobs', 'daybook.reporting.late'] as const

/**
 * Waits until no work is left: all stored events are published, all published events are projected, and all runs are
 * done and their log requests handled. It checks in the order of the flow, so a later step cannot restart an earlier one.
 */
export async function settled(t: Test, { brokers, prefix, db }: Stack): Promise<void> {
  const onCrash = (error: Error) => t.fail(error.message)
  const kafka = await connectKafka({ brokers, prefix, service: 'test', topics: [], log: silent, onCrash })
  t.teardown(() => kafka.close())
  const none = (collection: string, filter: object) =>
    until(
      `no ${collection} with ${JSON.stringify(filter)}`,
      async () => (await db.collection(collection).countDocuments(filter)) === 0,
    )
  const read = (group: string, topic: string) =>
    until(`${group} has read all of ${topic}`, async () =>
      hasPassed(await kafka.committedOffsets(group, topic), await kafka.endOffsets(topic)),
    )

  await none('events', { published: false })
  await none('schedules', { outbox: { $exists: true } })
  await read('reporting-projection', topics.tasks.name)
  await read('reporting-clock', topics.clock.name)
  await none('runs', { state: { $ne: 'done' } })
  await read('reporting-writer', LOG_REQUESTS[0])
  await read('reporting-late-writer', LOG_REQUESTS[1])
  await none('runs', { outbox: { $exists: true } })
  await none('user_logs', { outbox: { $exists: true } })
}
