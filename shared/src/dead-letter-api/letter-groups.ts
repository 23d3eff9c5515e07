import { Type } from 'typebox'
import type { DeadLetter } from '../dead-letters/dead-letter-model.ts'
import { Instant } from '../events/index.ts'
import { normalisedError } from '../failures/error-words.ts'
import { type App, problems } from '../http/index.ts'
import { admin, type LetterRoutes, readFilter, tags } from './letter-routes.ts'
import { filterFields } from './letter-schemas.ts'

// So many letters are read: the newest ones.
const MAX_READ = 1000

const Group = Type.Object(
  {
    group: Type.String({ description: 'The consumer group that could not handle the messages' }),
    topic: Type.String(),
    error: Type.String({
      description:
        'The error without numbers, ids, quoted parts, addresses and URLs. The condition `errorGroup` of lists and commands finds the letters of this error',
    }),
    example: Type.String({ description: 'The newest error, its first 300 characters' }),
    count: Type.Integer({ minimum: 1 }),
    firstAt: Instant('When the oldest of them was parked'),
    lastAt: Instant('When the newest of them was parked'),
    lastAttemptAt: Type.Optional(Instant('When a replay of one of them failed last')),
  },
  { title: 'DeadLetterGroup' },
)

const example = {
  group: 'reporting-projection',
  topic: 'daybook.tasks',
  error: 'data.timeZone must be a time zone',
  example: 'data.timeZone must be a time zone',
  count: 12,
  firstAt: '2026-11-22T13:03:00.000Z',
  lastAt: '2026-11-22T13:04:00.000Z',
}

/** Serves `GET /dead-letters/groups`: the letters by consumer group, topic and error. */
export function serveLetterGroups(app: App, { topics, list }: Pick<LetterRoutes, 'topics' | 'list'>): void {
  const schema = {
    operationId: 'groupDeadLetters',
    summary: 'Dead letters by consumer group, topic and error, the largest groups first',
    description: `Counts the newest ${MAX_READ} letters of the query.`,
    tags,
    querystring: Type.Object(filterFields(topics), { additionalProperties: false }),
    response: {
      200: Type.Object(
        {
          groups: Type.Array(Group),
          more: Type.Boolean({ description: 'Whether older letters are not counted' }),
        },
        { title: 'DeadLetterGroups', examples: [{ groups: [example], more: false }] },
      ),
      ...problems(),
    },
  }
  app.get('/dead-letters/groups', { ...admin, schema }, async ({ query }) => {
    const fields = ['group', 'topic', 'error', 'lastAttemptAt'] as const
    const options = { order: 'newest first', limit: MAX_READ, fields } as const
    const { letters, after } = await list.page(readFilter(topics, query), options)
    const alike = Map.groupBy(letters, ({ group, topic, error }) =>
      JSON.stringify([group, topic, normalisedError(error.message)]),
    )
    const groups = [...alike.values()].map(groupOf).sort((a, b) => b.count - a.count)
    return { groups, more: after !== undefined }
  })
}

type Letter = Pick<DeadLetter, 'group' | 'topic' | 'error' | 'parkedAt' | 'lastAttemptAt'>

/** @param letters the newest first, at least one */
function groupOf(letters: Letter[]) {
  const [newest, oldest] = [letters[0] as Letter, letters.at(-1) as Letter]
  const { group, topic } = newest
  const error = normalisedError(newest.error.message)
  const attempts = letters.flatMap(({ lastAttemptAt }) => lastAttemptAt?.getTime() ?? [])
  return {
    ...{ group, topic, error, example: newest.error.message.slice(0, 300).toWellFormed() },
    count: letters.length,
    firstAt: oldest.parkedAt.toISOString(),
    lastAt: newest.parkedAt.toISOString(),
    ...(attempts.length === 0 ? {} : { lastAttemptAt: new Date(Math.max(...attempts)).toISOString() }),
  }
}
