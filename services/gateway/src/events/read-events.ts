import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { waitOut } from '@daybook/shared/failures/outage'
import type { IncomingMessage, KafkaPort, Offsets } from '@daybook/shared/kafka'
import type { Logger } from 'pino'
import { EventBuffer } from './event-buffer.ts'
import { type EventHub, makeHub } from './event-hub.ts'
import { eventTopics, type Position } from './position.ts'
import { toEvent } from './to-event.ts'

/** The groups of all processes of the gateway begin with it. */
export const GROUP_PREFIX = 'gateway-events-'

const KEPT_MS = 15 * 60_000
const SWEEP_MS = 30_000
// A stopping gateway does not wait longer for Kafka.
const REMOVAL_MS = 2000

/** The reading of events from Kafka. */
export interface EventReading {
  /** Undefined until everything of the last 15 minutes is read. */
  hub: () => EventHub | undefined
  buffer: () => EventBuffer | undefined
  /** Why the events are not read now; undefined while they are read. */
  trouble: () => string | undefined
  /** Stops reading, and removes the consumer groups of this process. */
  stop: () => Promise<void>
}

type Port = Pick<KafkaPort, 'consume' | 'offsetsSince' | 'endOffsets' | 'deleteIdleGroups' | 'consumers'>

/**
 * Reads the events of the last 15 minutes from Kafka, and those that follow. Each process reads all events, by consumer groups of its
 * own, which commit nothing.
 * @param options.signal aborted when the process starts to stop
 * @param options.fail called when the reading has ended for a reason that only a restart can help
 */
export function readEvents(
  kafka: Port,
  {
    bytes,
    log,
    fail,
    signal,
  }: { bytes: number; log: Logger; fail: (error: Error) => void; signal: AbortSignal },
): EventReading {
  const groups = `${GROUP_PREFIX}${randomBytes(6).toString('hex')}-`
  let [buffer, hub]: [EventBuffer | undefined, EventHub | undefined] = [undefined, undefined]
  let stopped = false
  const stops: (() => Promise<void>)[] = []

  async function start(): Promise<void> {
    const since = new Date(Date.now() - KEPT_MS)
    const find = () => Promise.all(eventTopics.map(({ name }) => kafka.offsetsSince(name, since)))
    // A topic that was just made has no leaders for a moment.
    const begin = await waitOut('finding where the events begin', find, { log, signal })
    const read = new EventBuffer(begin.map(toArray), { bytes, milliseconds: KEPT_MS })
    const made = makeHub(read, endPosition)
    buffer = read
    const end = await waitOut('finding where the events end', endPosition, { log, signal })
    const check = () => {
      if (read.hasRead(end)) hub ??= made
    }
    check()
    for (const [topic, { name }] of eventTopics.entries()) {
      const handle = (messages: IncomingMessage[]) => {
        for (const message of messages) {
          const event = toEvent(message, topic)
          if (event === undefined) read.pass(topic, message.partition, Number(message.offset))
          else made.publish(event)
        }
        check()
      }
      if (stopped) return
      const consumer = await kafka.consume({
        ...consumerOf(groups + name, name, log),
        start: begin[topic] as Offsets,
        onPassed(partition, next) {
          read.pass(topic, partition, Number(next) - 1)
          check()
        },
        handle: async messages => handle(messages),
      })
      stops.push(consumer.stop)
    }
  }

  async function endPosition(): Promise<Position> {
    return (await Promise.all(eventTopics.map(({ name }) => kafka.endOffsets(name)))).map(toArray)
  }

  async function sweep(prefix: string): Promise<void> {
    try {
      await kafka.deleteIdleGroups(prefix)
    } catch (error) {
      log.warn({ err: error }, 'consumer groups of ended gateways cannot be removed')
    }
  }

  const starting = start().catch(fail)
  // A process that was killed seems to be in its groups for ten seconds.
  void sweep(GROUP_PREFIX)
  const sweeping = setInterval(() => void sweep(GROUP_PREFIX), SWEEP_MS)

  return {
    hub: () => hub,
    buffer: () => buffer,
    trouble() {
      if (hub === undefined) return 'the events of the last 15 minutes are being read'
      const own = kafka.consumers().filter(({ group }) => group.startsWith(groups))
      return own.map(({ trouble }) => trouble()).find(trouble => trouble !== undefined)
    },
    async stop() {
      stopped = true
      clearInterval(sweeping)
      const removal = starting.then(() => Promise.all(stops.map(stop => stop()))).then(() => sweep(groups))
      await Promise.race([removal, sleep(REMOVAL_MS)])
    },
  }
}

function consumerOf(group: string, topic: string, log: Logger) {
  const skip = (error: Error) => log.warn({ err: error, topic }, 'skipping what is no event')
  const park = async (_: unknown, error: Error) => skip(error)
  return { group, topic, keepsPosition: false, park, skipUndecodable: skip }
}

function toArray(offsets: Offsets): number[] {
  const length = Math.max(-1, ...offsets.keys()) + 1
  return Array.from({ length }, (_, partition) => Number(offsets.get(partition) ?? 0n))
}
