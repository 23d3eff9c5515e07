import { Day, type Envelope, TimeZone, toMessage, UserId } from '@daybook/shared/events'
import type { KafkaPort, Topic } from '@daybook/shared/kafka'
import { type Static, Type } from 'typebox'
import { runId } from '../run-id.ts'

/** Jobs: each is one user's part of a run. Their topic is private to reporting. */

export const jobTopic: Topic = {
  name: 'daybook.reporting.jobs',
  partitions: 6,
  settings: { 'retention.ms': String(7 * 86_400_000) },
}

export const jobEvents = {
  WriteUserLog: Type.Object({
    userId: UserId,
    day: Day('The day to write'),
    timeZone: TimeZone('The time zone of the run'),
    late: Type.Boolean({ description: 'Whether the day had been closed before this was completed' }),
  }),
}

export type Job = Static<typeof jobEvents.WriteUserLog>
export type WriteUserLog = Envelope<'WriteUserLog', Job>

/** Sends jobs, keyed by user, so that one writer at a time has a user's. */
export async function sendJobs(kafka: KafkaPort, jobs: Job[]): Promise<void> {
  const time = new Date().toISOString()
  const events = jobs.map((data): WriteUserLog => {
    const run = runId(data.day, data.timeZone)
    return {
      id: `${run}/${data.userId}`,
      type: 'WriteUserLog',
      source: '/daybook/reporting',
      subject: run,
      time,
      data,
    }
  })
  await kafka.publish(
    jobTopic.name,
    events.map(event => toMessage(event, event.data.userId)),
  )
}
