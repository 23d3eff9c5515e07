import { type Static, Type } from 'typebox'
import { type Envelope, eventReader, Instant } from '../events/index.ts'
import type { Topic } from '../kafka/index.ts'

/**
 * What services tell the scheduler, which sends the mails. The topic is private to Daybook. One partition keeps the end of
 * failures behind the failures. What a scheduler that was away for longer does not read is told again, see `watchFailures`.
 */
export const incidentTopic: Topic = {
  name: 'daybook.incidents',
  partitions: 1,
  settings: { 'retention.ms': String(30 * 86_400_000) },
}

const about = Type.String({ minLength: 1, description: 'What fails, for people' })

const incidentEvents = {
  FailureReported: Type.Object({
    about,
    error: Type.String(),
    subject: Type.String({ description: 'What of the topic fails' }),
    at: Instant('Since when it fails'),
    link: Type.Optional(Type.String({ description: 'What to do, and where to read more' })),
  }),
  FailureOver: Type.Object({ about, at: Instant('When nothing of the topic failed') }),
}

export type FailureReported = Envelope<'FailureReported', Static<typeof incidentEvents.FailureReported>>
export type FailureOver = Envelope<'FailureOver', Static<typeof incidentEvents.FailureOver>>

export const readIncident = eventReader<FailureReported | FailureOver>(incidentEvents)
