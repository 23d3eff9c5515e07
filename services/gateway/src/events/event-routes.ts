import { once } from 'node:events'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { DaybookError } from '@daybook/shared/failures/errors'
import { type App, problems, type User } from '@daybook/shared/http'
import { Type } from 'typebox'
import type { EventHub } from './event-hub.ts'
import { Places } from './places.ts'
import { serveRecentEvents } from './recent-route.ts'

// The time in which clients take the last event of a closing gateway.
const CLOSING_MS = 1000

const LastEventId = Type.Optional(
  Type.String({
    description:
      'The id of the last event that the client has; absent: only what happens from now on. GET /events/recent has what was before',
  }),
)

const SentEvent = Type.Object(
  {
    event: Type.String({
      description:
        'The type of an event of Daybook, as `TaskCompleted`; or `position`: only carries an id; `reset`: read everything again; `end`: the stream ends',
    }),
    id: Type.Optional(Type.String({ description: 'The position after the event' })),
    data: Type.String({
      description:
        'JSON. Of an event of Daybook: its envelope with `topic`, `partition` and `offset`. Of `reset`: `reason` is `too-old` or `unreadable`. Of `end`: `reason` is `token-expired` or `closing`',
    }),
  },
  {
    title: 'SentEvent',
    description: 'The fields of each event',
    examples: [{ event: 'reset', id: '1a.0~3~0~2', data: '{"reason":"too-old"}' }],
  },
)

/**
 * Serves the events as they happen, as server-sent events.
 * @param hub undefined: the events are not read yet
 */
export function serveEvents(app: App, hub: () => EventHub | undefined): void {
  const streams = new Set<Readable>()
  const places = new Places()
  const ready = () => hub() ?? unavailable()

  /** Opens a stream in a place of the user. */
  async function open(now: EventHub, user: User, lastId: string | undefined) {
    const giveBack = places.take(user.id)
    try {
      return { subscription: await now.open(user, lastId), giveBack }
    } catch (error) {
      giveBack()
      throw error
    }
  }

  app.get(
    '/events',
    {
      schema: {
        operationId: 'followEvents',
        summary: 'Follow the events that concern you, as they happen; an admin sees all',
        tags: ['events'],
        querystring: Type.Object({ 'last-event-id': LastEventId }, { additionalProperties: false }),
        headers: Type.Object({ 'last-event-id': LastEventId }),
        response: {
          200: {
            description: 'Server-sent events. A silent stream gets a comment every 15 seconds',
            content: { 'text/event-stream': { schema: SentEvent } },
          },
          ...problems('DAYBOOK_EVENTS_UNAVAILABLE'),
        },
      },
    },
    async ({ user, headers, query }, reply) => {
      const now = ready()
      const lastId = headers['last-event-id'] ?? query['last-event-id']
      const { subscription, giveBack } = await open(now, user, lastId)
      const stream = Readable.from(subscription.chunks(), { objectMode: false })
      const leave = () => {
        giveBack()
        now.close(subscription)
        streams.delete(stream)
      }
      streams.add(stream)
      // A client may have left while its position was looked up.
      if (reply.raw.closed) leave()
      else reply.raw.once('close', leave)
      // The connection ends with its stream, so that a closing server does not wait for it.
      reply.headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no', connection: 'close' })
      return reply.type('text/event-stream').send(stream) as never
    },
  )

  serveRecentEvents(app, ready)

  app.addHook('preClose', async () => {
    hub()?.end('closing')
    const ended = [...streams].map(stream => stream.closed || once(stream, 'close'))
    await Promise.race([Promise.allSettled(ended), sleep(CLOSING_MS)])
    for (const stream of streams) stream.destroy()
  })
}

function unavailable(): never {
  throw new DaybookError('DAYBOOK_EVENTS_UNAVAILABLE', 'The events are not read from Kafka yet: try again')
}
