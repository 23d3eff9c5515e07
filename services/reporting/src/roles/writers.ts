import type { DayAmended } from '@daybook/shared/events'
import type { ConsumerOptions } from '@daybook/shared/kafka'
import { type EmbeddedEvent, type Relay, startRelay } from '@daybook/shared/outbox'
import { logWriter, requestSources } from '../logs/log-writer.ts'
import { appendAmendments } from '../manifests/append-amendments.ts'
import { afterReports } from '../runs/after-reports.ts'
import { type Ports, publishReports } from './ports.ts'

/** The relay of the records of logs. Without the role a process only stores events there, and a sweep of another one finds them. */
type LogRelay = Pick<Relay<EmbeddedEvent>, 'offer'>

/** The consumers of the role `writers`: they write log files. */
export const writerConsumers = (ports: Ports, relay: LogRelay): ConsumerOptions[] =>
  requestSources.map(source => logWriter({ ...ports, relay, park: ports.parkFor(source.group) }, source))

/** Starts what the role `writers` does besides consuming: the relay of amendments. */
export function startWriters(ports: Ports): LogRelay {
  const { userLogs, runs, kafka, sweepLease, log, fail, closing } = ports
  const publish = publishReports(kafka)
  const amendments = userLogs.outbox(async events => {
    // Before they are published: who reads of an amendment finds it in the manifest.
    await appendAmendments(events as DayAmended[], ports)
    return publish(events)
  })
  const outbox = afterReports(amendments, runs)
  const relay = startRelay(outbox, { log, fail, maySweep: sweepLease('user_logs') })
  closing.defer(() => relay.stop())
  return relay
}
