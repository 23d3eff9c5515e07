import type { Park } from '@daybook/shared/dead-letters/dead-letter-store'
import { parseOrPark } from '@daybook/shared/dead-letters/parse-or-park'
import type { Failure, Teller } from '@daybook/shared/incidents/failure'
import { type FailureReported, incidentTopic, readIncident } from '@daybook/shared/incidents/incident-events'
import type { ConsumerOptions } from '@daybook/shared/kafka'
import type { Logger } from 'pino'

/** Kafka keeps the position in daybook.incidents under this name. */
export const incidentsGroup = 'scheduler-incidents'

/**
 * Consumes daybook.incidents: tells people what services found. A failure has the same instant and subject each time it is
 * told, so it counts once.
 */
export function incidentsConsumer(teller: Teller, { park, log }: { park: Park; log: Logger }) {
  return {
    group: incidentsGroup,
    topic: incidentTopic.name,
    park,
    // The services tell everything again within an hour.
    skipUndecodable: error => log.error({ code: error.code }, error.message),
    async handle(messages, heartbeat) {
      const parsed = await parseOrPark(messages, readIncident, park, heartbeat)
      let failures: Failure[] = []
      const tellFailures = async () => {
        if (failures.length > 0) await teller.failed(failures)
        failures = []
      }
      for (const { event } of parsed) {
        if (event.type === 'FailureReported') failures.push(failureOf(event))
        else {
          await tellFailures()
          await teller.over([{ about: event.data.about, at: new Date(event.data.at) }])
          await heartbeat()
        }
      }
      await tellFailures()
    },
  } satisfies ConsumerOptions
}

const failureOf = ({ data: { at, ...data } }: FailureReported): Failure => ({ ...data, at: new Date(at) })
