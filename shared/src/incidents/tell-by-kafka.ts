import { type Envelope, toMessage } from '../events/index.ts'
import { boundedText } from '../failures/bounded-text.ts'
import type { KafkaPort } from '../kafka/index.ts'
import type { Failure, Over, Teller } from './failure.ts'
import { type FailureOver, type FailureReported, incidentTopic } from './incident-events.ts'

/**
 * Tells the scheduler about failures, by its topic.
 * @param service the name of the service, as in `reporting`
 */
export function tellByKafka(kafka: Pick<KafkaPort, 'publish'>, service: string): Teller {
  const publish = async (events: Envelope[]) => {
    const messages = events.map(event => toMessage(event, event.subject))
    await kafka.publish(incidentTopic.name, messages)
  }
  const source = `/daybook/${service}`
  return {
    failed: failures => publish(failures.map(one => ({ source, ...reported(one) }))),
    over: topics => publish(topics.map(one => ({ source, ...over(one) }))),
  }
}

function reported({ about, error, subject, at, link }: Failure): Omit<FailureReported, 'source'> {
  const time = at.toISOString()
  const details = link === undefined ? {} : { link }
  return {
    id: `failure:${about}:${time}:${subject}`,
    type: 'FailureReported',
    subject: about,
    time,
    data: { about, error: boundedText(error), subject, at: time, ...details },
  }
}

function over({ about, at }: Over): Omit<FailureOver, 'source'> {
  const time = at.toISOString()
  return {
    id: `over:${about}:${time}`,
    type: 'FailureOver',
    subject: about,
    time,
    data: { about, at: time },
  }
}
