import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import { type Envelope, jobTopics, type ResultEvents, toMessage, traced } from '../../../src/events/index.ts'
import { waitOut } from '../../../src/failures/outage.ts'
import type { KafkaPort } from '../../../src/kafka/index.ts'
import { monotonic } from '../handling/clock.ts'
import type { Due } from '../handling/due.ts'
import type { BrokerTime } from '../handling/may-start.ts'
import type { AttemptOutcome } from '../handling/outcome.ts'
import type { GroupRequest } from '../handling/spawning.ts'
import type { Progress } from '../types.ts'

/** The id of the worker. A worker that lost its lease takes a new one. */
export interface Identity {
  worker: string
}

export type Beat = Omit<ResultEvents['WorkerBeat']['data'], 'worker'>

/** Publishes what the worker reports. */
export interface Results {
  /** Announces the start of an attempt. Waits through outages. */
  start: (due: Due) => Promise<BrokerTime>
  /** Reports the outcome of an attempt. Waits through outages. */
  report: (due: Due, outcome: AttemptOutcome) => Promise<void>
  progress: (due: Due, progress: Progress) => void
  /** Sends one beat. Rejects during an outage. */
  beat: (beat: Beat) => Promise<void>
  /** Requests jobs, in a trace if there is one. Waits through outages. */
  spawn: (request: GroupRequest, traceparent: string | undefined) => Promise<void>
  /** Resolves when everything so far is acknowledged. */
  idle: () => Promise<void>
}

const SOURCE = '/daybook/worker'

export function openResults(kafka: Pick<KafkaPort, 'publish'>, identity: Identity, log: Logger): Results {
  const pending = new Map<string, Promise<unknown>>()

  const send = async (
    event: Pick<Envelope, 'id' | 'type' | 'subject'>,
    data: object,
  ): Promise<BrokerTime> => {
    const { worker } = identity
    const envelope = { ...event, source: SOURCE, time: new Date().toISOString(), data: { worker, ...data } }
    const sentAt = monotonic()
    const { appendedAt } = await kafka.publish(jobTopics.results.name, [toMessage(envelope, worker)])
    if (appendedAt === undefined)
      throw new Error(`${jobTopics.results.name} must have message.timestamp.type=LogAppendTime: set it`)
    return { appendedAt, sentAt, ackedAt: monotonic() }
  }

  /** Sends the events of one attempt one after the other, each until it is acknowledged. */
  const inOrder = (due: Due, type: string, data: object): Promise<BrokerTime> => {
    const { job, attempt } = due
    const name = nameOf(due)
    // A progress event comes more than once.
    const id = `${job}:${attempt}:${type}${type === 'JobProgressed' ? `:${randomUUID()}` : ''}`
    const attemptToSend = () => send({ id, type, subject: job }, { job, attempt, ...data })
    const sent = (pending.get(name) ?? Promise.resolve()).then(() =>
      waitOut(`reporting ${type}`, attemptToSend, { log }),
    )
    pending.set(name, sent)
    const forget = () => pending.get(name) === sent && pending.delete(name)
    sent.then(forget, forget)
    return sent
  }

  return {
    start: due => inOrder(due, 'JobStarted', {}),
    report: async (due, { type, data }) => void (await inOrder(due, type, data)),
    progress: (due, progress) => void inOrder(due, 'JobProgressed', progress),
    async beat(beat) {
      await send({ id: randomUUID(), type: 'WorkerBeat', subject: identity.worker }, beat)
    },
    async spawn(request, traceparent) {
      const event = {
        id: request.group,
        type: 'GroupRequested',
        source: SOURCE,
        subject: request.group,
        time: new Date().toISOString(),
        ...traced(traceparent),
        data: request,
      }
      const publish = () => kafka.publish(jobTopics.requests.name, [toMessage(event, request.group)])
      await waitOut('requesting jobs', publish, { log })
    },
    idle: async () => void (await Promise.allSettled(pending.values())),
  }
}

/** The name of an attempt. */
export const nameOf = ({ job, attempt }: { job: string; attempt: number }): string => `${job} ${attempt}`
