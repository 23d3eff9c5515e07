import { jobTopics, toMessage } from '@daybook/shared/events'
import type { KafkaPort } from '@daybook/shared/kafka'
import { driverCollection } from '@daybook/shared/mongo/model'
import {
  type EmbeddedEvent,
  embeddedOutbox,
  type Relay,
  startRelay,
  sweepLease,
} from '@daybook/shared/outbox'
import type { JobsBase } from '../stored/open-jobs-store.ts'

/** Starts the relays that publish to daybook.jobs what jobs and groups store when they have finished. */
export function startFinishedRelays(
  { connection, jobs, groups, log, fail }: Pick<JobsBase, 'connection' | 'jobs' | 'groups' | 'log' | 'fail'>,
  kafka: Pick<KafkaPort, 'publish'>,
): Record<'jobs' | 'groups', Relay<EmbeddedEvent>> {
  const publish = (events: EmbeddedEvent['event'][]) =>
    kafka.publish(
      jobTopics.finished.name,
      events.map(event => toMessage(event, event.subject)),
    )
  const options = (name: string) => ({ log, fail, maySweep: sweepLease(connection, name) })
  return {
    jobs: startRelay(embeddedOutbox(driverCollection(jobs), publish), options('jobs')),
    groups: startRelay(embeddedOutbox(driverCollection(groups), publish), options('job_groups')),
  }
}
