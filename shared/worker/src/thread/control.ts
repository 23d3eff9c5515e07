import type { Logger } from 'pino'
import { type ControlEvent, controlEvents, eventReader, jobTopics } from '../../../src/events/index.ts'
import type { IncomingMessage, KafkaPort, RunningConsumer } from '../../../src/kafka/index.ts'
import type { Identity } from '../attempts/results.ts'
import { waitForTopic } from './wait-for-topic.ts'

interface Deps {
  kafka: Pick<KafkaPort, 'consume' | 'hasTopic'>
  /** The name of this process's group: each process reads the whole topic. */
  group: string
  signal: AbortSignal
  log: Logger
}

/** What the control topic can ask for. */
export interface Orders {
  cancel: (attempt: { job: string; attempt: number }) => void
  lose: (attempt: { job: string; attempt: number }) => void
  /** The worker has lost everything. */
  loseAll: () => void
  quiet: () => void
}

/** Reads what the scheduler asks of workers, from now on. Resolves when nothing can be missed. */
export async function readControl(
  { kafka, group, signal, log }: Deps,
  handle: (event: ControlEvent) => void,
): Promise<RunningConsumer> {
  await waitForTopic(kafka, jobTopics.control.name, { log, signal })
  const read = eventReader<ControlEvent>(controlEvents)
  const skip = (error: Error) => log.warn({ err: error }, 'skipping what is no event in the control topic')
  return kafka.consume({
    group,
    topic: jobTopics.control.name,
    fromBeginning: false,
    keepsPosition: false,
    async handle(messages: IncomingMessage[]) {
      for (const message of messages) {
        const reading = read(message)
        if (reading.status === 'event') handle(reading.event)
        else if (reading.status === 'unreadable') skip(reading.error)
      }
    },
    park: async (_, error) => skip(error),
    skipUndecodable: skip,
  })
}

/** Turns the events of the control topic that concern this worker into orders. */
export function obey(event: ControlEvent, identity: Identity, orders: Orders): void {
  const { data, type } = event
  if (type === 'CancelRequested') orders.cancel(data)
  else if (data.worker !== identity.worker) return
  else if (type === 'Quiet') orders.quiet()
  else if (data.job === undefined || data.attempt === undefined) orders.loseAll()
  else orders.lose({ job: data.job, attempt: data.attempt })
}
