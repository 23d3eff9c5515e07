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

/** Starts the relay that publishes to daybook.jobs what jobs store when they have ended. */
export function startFinishedRelay(
  { connection, jobs, log, fail }: Pick<JobsBase, 'connection' | 'jobs' | 'log' | 'fail'>,
  kafka: Pick<KafkaPort, 'publish'>,
): Relay<EmbeddedEvent> {
  const outbox = embeddedOutbox(driverCollection(jobs), events =>
    kafka.publish(
      jobTopics.finished.name,
      events.map(event => toMessage(event, event.subject)),
    ),
  )
  return startRelay(outbox, { log, fail, maySweep: sweepLease(connection, 'jobs') })
}
