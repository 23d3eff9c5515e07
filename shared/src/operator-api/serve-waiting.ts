import { Type } from 'typebox'
import { Instant, NullableInstant } from '../events/index.ts'
import { isOutage } from '../failures/outage.ts'
import { type App, problems } from '../http/index.ts'
import type { WaitingSource, WaitingWork } from '../incidents/waiting-work.ts'

const Work = Type.Object(
  {
    kind: Type.String({ description: 'Why it waits, for programs' }),
    what: Type.String({ description: 'What waits, and for what' }),
    count: Type.Integer({ minimum: 0, description: 'How much waits' }),
    more: Type.Boolean({ description: 'Whether there is more than `count`' }),
    since: NullableInstant('Since when the oldest waits, or null if nothing waits or that is not stored'),
  },
  { title: 'WaitingWork' },
)

const Uncounted = Type.Object(
  { name: Type.String(), why: Type.String({ description: 'Why it could not be counted' }) },
  { title: 'UncountedWork' },
)

const example = {
  at: '2026-11-22T13:03:00.000Z',
  work: [
    {
      kind: 'outbox',
      what: 'Events that are stored and not yet published',
      count: 3,
      more: false,
      since: '2026-11-22T13:02:59.000Z',
    },
  ],
  unknown: [],
}

const Waiting = Type.Object(
  {
    at: Instant('When this was counted'),
    work: Type.Array(Work, { description: 'Each reason to wait, also where nothing waits' }),
    unknown: Type.Array(Uncounted, {
      description: 'What could not be counted, because MongoDB or Kafka is away',
    }),
  },
  { title: 'Waiting', examples: [example] },
)

/** Serves `GET /waiting`: how much work waits in a service, by reason. */
export function serveWaiting(app: App, sources: readonly WaitingSource[]): void {
  const schema = {
    operationId: 'countWaiting',
    summary: 'How much work waits now, by reason',
    description: 'Computed from the store, so all processes of the service answer the same.',
    tags: ['operations'],
    response: { 200: Waiting, ...problems() },
  }
  app.get('/waiting', { config: { admin: true }, schema }, async () => {
    const looks = await Promise.all(sources.map(look))
    return {
      at: new Date().toISOString(),
      work: looks.flatMap(({ work }) => work),
      unknown: looks.flatMap(({ unknown }) => unknown ?? []),
    }
  })
}

async function look({ name, find }: WaitingSource) {
  try {
    return { work: (await find()).map(bodyOf) }
  } catch (error) {
    if (!isOutage(error)) throw error
    return { work: [], unknown: { name, why: (error as Error).message } }
  }
}

const bodyOf = ({ kind, what, count, more = false, since }: WaitingWork) => ({
  kind,
  what,
  count,
  more,
  since: since?.toISOString() ?? null,
})
