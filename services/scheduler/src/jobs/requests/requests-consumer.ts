import { eventReader, jobTopics, type RequestEvent, requestEvents } from '@daybook/shared/events'
import { DaybookError } from '@daybook/shared/failures/errors'
import { isOutage } from '@daybook/shared/failures/outage'
import type { ConsumerOptions, IncomingMessage } from '@daybook/shared/kafka'
import { addRequested, isInOrder, type RequestDeps } from './add-requested.ts'

const read = eventReader<RequestEvent>(requestEvents)

/** Kafka keeps the position in daybook.jobs.requests under this name. */
export const requestsGroup = 'scheduler-requests'

// While this many requests are added, the consumer sends a heartbeat.
const HEARTBEAT_EVERY = 100

/** Consumes daybook.jobs.requests: adds jobs and groups. What can never be added becomes a dead letter. */
export function requestsConsumer(
  deps: RequestDeps,
  park: ConsumerOptions['park'],
): Pick<ConsumerOptions, 'group' | 'topic' | 'park' | 'handle'> {
  /** @throws an outage, or an error that neither this request nor its dead letter causes */
  async function add(message: IncomingMessage, event: RequestEvent): Promise<void> {
    try {
      await addRequested(event, deps)
    } catch (error) {
      if (!isRefused(error)) throw error
      await parkOrThrow(message, describe(error))
    }
  }

  async function parkOrThrow(message: IncomingMessage, reason: Error): Promise<void> {
    await park(message, reason, 1).catch((error: unknown) => {
      throw isOutage(error) ? error : reason
    })
  }

  return {
    group: requestsGroup,
    topic: jobTopics.requests.name,
    park,
    async handle(messages, heartbeat) {
      let underWay: Promise<void>[] = []
      for (const message of messages) {
        const reading = read(message)
        if (reading.status === 'unreadable') underWay.push(parkOrThrow(message, reading.error))
        if (reading.status !== 'event') continue
        const inOrder = isInOrder(reading.event)
        if (inOrder) await settled(underWay.splice(0))
        underWay.push(add(message, reading.event))
        if (!inOrder && underWay.length < HEARTBEAT_EVERY) continue
        await settled(underWay)
        underWay = []
        await heartbeat()
      }
      await settled(underWay)
    },
  }
}

const refusals = ['DAYBOOK_REQUEST_INVALID', 'DAYBOOK_JOB_CONFLICT']

const isRefused = (error: unknown): error is DaybookError =>
  error instanceof DaybookError && refusals.includes(error.code)

/** Makes an error whose message names the faults, because lists and alarms show only that. */
function describe(error: DaybookError): Error {
  const faults = error.faults.map(({ pointer, detail }) => `${pointer || 'the request'} ${detail}`)
  return faults.length === 0
    ? error
    : new DaybookError(error.code, faults.join('; '), { cause: error, faults: error.faults })
}

/** @throws the first failure, after all promises have settled: the batch is delivered again, and no part of it still runs */
async function settled(promises: Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(promises)) {
    if (result.status === 'rejected') throw result.reason
  }
}
