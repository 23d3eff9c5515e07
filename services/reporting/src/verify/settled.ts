import { topics } from '@daybook/shared/events'
import { waitOut } from '@daybook/shared/failures/outage'
import type { KafkaPort, Offsets } from '@daybook/shared/kafka'
import type { Logger } from 'pino'
import type { LogsApart } from '../apart/apart-store.ts'
import { requestSources } from '../logs/log-writer.ts'
import type { UserLogs } from '../logs/user-log-store.ts'
import { waitUntilNone, waitUntilPassed } from '../wait-until-passed.ts'

interface SettledDeps {
  kafka: Pick<KafkaPort, 'endOffsets' | 'committedOffsets'>
  /** How far the projection is, see `projectionPosition`. */
  projectedOffsets: () => Promise<Offsets>
  logsApart: Pick<LogsApart, 'countOfDay'>
  userLogs: Pick<UserLogs, 'countUnpublished'>
  /** Is told each five seconds what is waited for. */
  report: (line: string) => void
  log: Logger
}

/**
 * Waits until everything that is published now has been counted, projected, and written, and the amendments of a day are published.
 * @param counting the group that counts the events
 */
export async function settled(
  day: string,
  counting: string,
  { kafka, projectedOffsets, logsApart, userLogs, report, log }: SettledDeps,
): Promise<void> {
  const waiting = { report, log, signal: new AbortController().signal }
  const endOf = (topic: string) => waitOut('reading offsets', () => kafka.endOffsets(topic), waiting)
  const wait = (ask: () => Promise<Offsets>, end: Offsets, what: string) =>
    waitUntilPassed(ask, end, { ...waiting, what })
  const positionOf = (group: string, topic: string) => () => kafka.committedOffsets(group, topic)
  const tasksEnd = await endOf(topics.tasks.name)
  await wait(positionOf(counting, topics.tasks.name), tasksEnd, 'reading the events')
  await wait(projectedOffsets, tasksEnd, 'waiting for the projection of reporting')
  for (const { group, topic } of requestSources)
    await wait(positionOf(group, topic), await endOf(topic), 'waiting for the log writers of reporting')
  const none = (countLeft: () => Promise<number>, what: string) =>
    waitUntilNone(countLeft, { ...waiting, what })
  await none(() => logsApart.countOfDay(day), 'waiting for logs that are written apart')
  // They are in the manifests before they are published.
  await none(() => userLogs.countUnpublished(day), 'waiting for the amendments of the day')
}
