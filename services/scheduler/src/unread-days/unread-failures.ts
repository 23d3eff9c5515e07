import { clockReaders, topics } from '@daybook/shared/events'
import type { Failure } from '@daybook/shared/incidents/failure'
import { MAX_FAILURES, type Watched } from '@daybook/shared/incidents/watch-failures'
import { hasPassed, type KafkaPort, offsetsFromJson, offsetsToJson } from '@daybook/shared/kafka'
import type { Logger } from 'pino'
import type { UnreadDay } from './unread-day-model.ts'
import type { UnreadDays } from './unread-day-store.ts'

const ABOUT = 'reading of ended days'
const LINK =
  'What to do: docs/operations.md, "Days that reporting has not read". GET /health/ready of reporting says what is wrong.'

interface UnreadFailure extends Failure {
  day: string
  timeZone: string
}

/**
 * The days whose EndOfDay reporting does not read, as failures. The scheduler looks, because reporting may be down.
 * @param deadline how long a published EndOfDay may go unread, in milliseconds
 */
export function unreadFailures(
  unread: Pick<UnreadDays, 'oldest' | 'remove' | 'setBarrier'>,
  kafka: Pick<KafkaPort, 'committedOffsets' | 'endOffsets'>,
  { deadline, log }: { deadline: number; log: Logger },
): Watched<UnreadFailure> {
  /** Removes the days that are read. @returns the others */
  async function withoutRead(days: UnreadDay[]): Promise<UnreadDay[]> {
    const position = await kafka.committedOffsets(clockReaders, topics.clock.name)
    const { read = [], left = [] } = Object.groupBy(days, ({ barrier }) =>
      barrier !== undefined && hasPassed(position, offsetsFromJson(barrier)) ? 'read' : 'left',
    )
    await unread.remove(read)
    const recent = left.filter(({ barrier }) => barrier === undefined)
    if (recent.length > 0)
      await unread.setBarrier(recent, offsetsToJson(await kafka.endOffsets(topics.clock.name)))
    return left
  }

  return {
    abouts: [ABOUT],
    async find(now) {
      const days = await unread.oldest(MAX_FAILURES)
      if (days.length === 0) return []
      const before = now.getTime() - deadline
      const late = (await withoutRead(days)).filter(({ publishedAt }) => publishedAt.getTime() < before)
      return late.map(one => failureOf(one, deadline))
    },
    logNew: ({ day, timeZone, at }) => {
      const message = `The EndOfDay of ${day} in ${timeZone} was published more than ${deadline / 1000} s ago, and reporting has not read it`
      log.error({ code: 'DAYBOOK_DAY_UNREAD', day, timeZone, since: at }, message)
    },
  }
}

/** The same error for all days, so that they share one mail. */
const failureOf = ({ day, timeZone, publishedAt }: UnreadDay, deadline: number): UnreadFailure => ({
  about: ABOUT,
  error: `An EndOfDay was published more than ${deadline / 1000} s ago, and reporting has not read it`,
  subject: `${day} in ${timeZone}`,
  id: `${day}@${timeZone}`,
  at: new Date(publishedAt.getTime() + deadline),
  link: LINK,
  day,
  timeZone,
})
