import type { ConsumerOptions } from '@daybook/shared/kafka'
import { type EmbeddedEvent, type Relay, startRelay } from '@daybook/shared/outbox'
import { logWriter, requestSources } from '../logs/log-writer.ts'
import { afterReports } from '../runs/after-reports.ts'
import { type Ports, publishReports } from './ports.ts'

/** The relay of the records of logs. Without the role a process only stores events there, and a sweep of another one finds them. */
type LogRelay = Pick<Relay<EmbeddedEvent>, 'offer'>

/** The consumers of the role `writers`: they write log files. */
export const writerConsumers = (ports: Ports, relay: LogRelay): ConsumerOptions[] =>
  requestSources.map(source => logWriter({ ...ports, relay, park: ports.parkFor(source.group) }, source))

/** Starts what the role `writers` does besides consuming: the relay of amendments. */
export function startWriters({ userLogs, runs, kafka, sweepLease, log, fail, closing }: Ports): LogRelay {
  const outbox = afterReports(userLogs.outbox(publishReports(kafka)), runs)
  const relay = startRelay(outbox, { log, fail, maySweep: sweepLease('user_logs') })
  closing.defer(() => relay.stop())
  return relay
}
