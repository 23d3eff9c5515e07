import type { AlarmSource } from './alarm.ts'

/** What of an outbox waits to be published. */
export interface WaitingEvents {
  count: number
  more: boolean
  /** When the oldest was stored. */
  since: Date
}

/** An outbox of a service. */
export interface WatchedOutbox {
  /** The collection that holds it. */
  name: string
  /** What was stored before an instant and is not published; undefined when everything is. */
  waiting: (before: Date) => Promise<WaitingEvents | undefined>
  /** For how long events may wait there, in milliseconds; default: a minute. */
  within?: number
}

// A relay sweeps every 5 s, and every 30 s while there is nothing to publish.
const WITHIN_MS = 60_000

/** The outboxes with events that do not reach Kafka, as alarms. @param service the name of the service, as in `tasks` */
export const outboxAlarms = (outboxes: readonly WatchedOutbox[], service: string): AlarmSource => ({
  kind: 'outbox-unpublished',
  async find(now) {
    const found = outboxes.map(async ({ name, waiting, within = WITHIN_MS }) => {
      const left = await waiting(new Date(now.getTime() - within))
      if (left === undefined) return []
      const problem = `Documents of ${name} have had events for more than ${within / 1000} s that are not published`
      const remedy = `A process of ${service} must run and reach Kafka: GET /health/ready of ${service} says what is wrong.`
      return [
        {
          severity: 'critical' as const,
          ...left,
          problem,
          remedy,
          references: [{ type: 'outbox' as const, id: name }],
        },
      ]
    })
    return (await Promise.all(found)).flat()
  },
})
