import { Instant } from '@daybook/shared/events'
import { type App, problems } from '@daybook/shared/http'
import { Type } from 'typebox'
import type { EventHub } from './event-hub.ts'

const RecentEvents = Type.Object(
  {
    since: Instant(
      'From when on no event is missing here: the time of the record of the last one that is left out, or 15 minutes ago',
    ),
    events: Type.Array(
      Type.Unknown({
        description: 'An envelope with `topic`, `partition` and `offset`, as `data` of GET /events',
      }),
      { description: 'The newest last' },
    ),
  },
  { title: 'RecentEvents', examples: [{ since: '2026-11-27T10:00:00.000Z', events: [] }] },
)

/**
 * Serves the newest events that a process keeps, for a client that begins to follow them.
 * @param hub throws when the events are not read yet
 */
export function serveRecentEvents(app: App, hub: () => EventHub): void {
  app.get(
    '/events/recent',
    {
      schema: {
        operationId: 'listRecentEvents',
        summary:
          'The events of the last 15 minutes that concern you, at most the newest 1,000; an admin sees all',
        description:
          'Follow `/events` first, then ask for these: so none is missing, and those of both have the same `id`. Of many or large events there are fewer, see `since`.',
        tags: ['events'],
        querystring: Type.Object(
          { limit: Type.Integer({ minimum: 1, maximum: 1000, default: 1000 }) },
          { additionalProperties: false },
        ),
        response: { 200: RecentEvents, ...problems('DAYBOOK_EVENTS_UNAVAILABLE') },
      },
    },
    async ({ user, query: { limit } }, reply) => {
      const { since, events } = hub().recent(user, limit)
      // The events are JSON already.
      const body = `{"since":"${new Date(since).toISOString()}","events":[${events.join()}]}`
      return reply
        .type('application/json')
        .header('cache-control', 'no-store')
        .send(body as never)
    },
  )
}
