import type { DayAmended } from '@daybook/shared/events'
import type { ConsumerOptions } from '@daybook/shared/kafka'
import { type EmbeddedEvent, type Relay, startRelay } from '@daybook/shared/outbox'
import { startApartLoop } from '../apart/apart-loop.ts'
import { reasonsApart } from '../apart/apart-model.ts'
import { logWriter, requestSources } from '../logs/log-writer.ts'
import { appendAmendments } from '../manifests/append-amendments.ts'
import { afterReports } from '../runs/after-reports.ts'
import { type Ports, publishReports } from './ports.ts'

/** What the role `writers` runs besides its consumers. A process without the role leaves this work to others. */
export interface WriterLoops {
  /** Publishes amendments. */
  relay: Pick<Relay<EmbeddedEvent>, 'offer'>
  /** Tells the loops of logs apart that there is a log to write. */
  wakeApart: () => void
}

/** The consumers of the role `writers`: they write log files. */
export function writerConsumers(ports: Ports, { relay, wakeApart }: WriterLoops): ConsumerOptions[] {
  const { logsApart, parkFor } = ports
  const setApart: Parameters<typeof logWriter>[0]['setApart'] = async requests => {
    await logsApart.add(requests)
    wakeApart()
  }
  return requestSources.map(source =>
    logWriter({ ...ports, relay, setApart, park: parkFor(source.group) }, source),
  )
}

/** Starts the relay of amendments, and the loops that write logs apart. */
export function startWriters(ports: Ports): WriterLoops {
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
  const reported = async (ids: string[]) =>
    new Set((await runs.find(ids)).filter(({ state }) => state === 'done').map(({ _id }) => _id))
  // A loop for each reason: logs that are tried again do not wait for large ones.
  const loops = reasonsApart.map(why => startApartLoop(why, { ...ports, relay, reported }, fail))
  for (const loop of loops) closing.defer(() => loop.stop())
  return {
    relay,
    wakeApart() {
      for (const loop of loops) loop.wake()
    },
  }
}
