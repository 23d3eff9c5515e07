import { Type } from 'typebox'
import type { ReplayResult } from '../dead-letters/many-letters.ts'
import { skipReasons } from '../dead-letters/replay.ts'
import { type App, problems } from '../http/index.ts'
import { exampleListedLetter } from './examples.ts'
import { readCursor, writeCursor } from './letter-cursor.ts'
import { admin, type LetterRoutes, loggedFilter, noLetter, readFilter, tags } from './letter-routes.ts'
import { Cursor, filterOf, LetterPath, NextCursor } from './letter-schemas.ts'

/** The milliseconds after which a request takes up no further letter, and handlers end at their next heartbeat. */
const REQUEST_MS = 20_000

const results = ['handled', 'failed', 'skipped', 'matching'] as const

const Result = Type.Object(
  {
    id: Type.String(),
    result: Type.Enum([...results], {
      description:
        '`handled`: the letter is removed; `failed`: the letter has the new error; `skipped`: the letter is as it was, see `reason`; `matching`: it would be replayed',
    }),
    error: Type.Optional(Type.String({ description: 'Why it failed again' })),
    reason: Type.Optional(
      Type.Enum([...skipReasons], {
        description:
          '`busy`: another replay has it; `batch`: it holds a batch that could not be decoded, and no message; `gone`: it was handled or deleted meanwhile; `interrupted`: the time of the request was over, or the service stops',
      }),
    ),
  },
  { title: 'ReplayedDeadLetter', examples: [{ id: exampleListedLetter.id, result: 'handled' }] },
)

const how =
  'The message is handed to the handler of the consumer group that parked it, in the process that serves the request. It is not published again: other consumers of the topic do not see it, and messages behind it were handled before it. A message that fails again keeps its letter, with the new error. During an outage the answer is 503, and the letter stays as it was.'

/** Says when a request must end: after its time, or when the service closes. */
type Limit = () => () => boolean

/** Serves `POST /dead-letters/:id/replay` and `POST /dead-letters/replay`. */
export function serveReplays(app: App, routes: LetterRoutes): void {
  let isClosing = false
  app.addHook('preClose', async () => {
    isClosing = true
  })
  const limit = () => {
    const end = performance.now() + REQUEST_MS
    return () => isClosing || performance.now() >= end
  }
  serveReplay(app, routes, limit)
  serveReplayMany(app, routes, limit)
}

function serveReplay(app: App, { replay }: LetterRoutes, limit: Limit): void {
  const schema = {
    operationId: 'replayDeadLetter',
    summary: 'Handle the message of a dead letter again',
    description: how,
    tags,
    params: LetterPath,
    response: { 200: Result, ...problems('DAYBOOK_DEAD_LETTER_NOT_FOUND') },
  }
  app.post('/dead-letters/:id/replay', { ...admin, schema }, async ({ params: { id }, user, log }) => {
    const result = await replay(id, limit())
    if (result.result === 'skipped' && result.reason === 'gone') throw noLetter(id)
    log.info({ ...result, by: user.id }, 'replayed a dead letter')
    return result
  })
}

function serveReplayMany(app: App, { topics, many }: LetterRoutes, limit: Limit): void {
  const Count = (description: string) => Type.Integer({ minimum: 0, description })
  const schema = {
    operationId: 'replayDeadLetters',
    summary: 'Handle the messages of up to 1,000 dead letters of a filter again',
    description: `As for a single letter, one after the other: oldest first, and the messages of a partition in the order of their offsets. After 20 seconds the remaining letters of the request are skipped (interrupted), and the next request begins with them. ${how} A request whose answer was lost can be repeated.`,
    tags,
    body: Type.Object(
      {
        filter: filterOf(topics),
        limit: Type.Optional(
          Type.Integer({ minimum: 1, maximum: 1000, default: 100, description: 'The most letters' }),
        ),
        dryRun: Type.Optional(
          Type.Boolean({ default: false, description: 'Only say which letters would be replayed' }),
        ),
        cursor: Type.Optional(Cursor),
      },
      {
        title: 'ReplayOfDeadLetters',
        additionalProperties: false,
        examples: [{ filter: { error: 'timeZone' }, limit: 10, dryRun: true }],
      },
    ),
    response: {
      200: Type.Object(
        {
          handled: Count('Letters whose messages were handled'),
          failed: Count('Letters whose messages failed again'),
          skipped: Count('Letters that stay as they were'),
          matching: Count('With `dryRun`: letters that would be replayed'),
          results: Type.Array(Result, { description: 'What became of each letter' }),
          nextCursor: NextCursor(
            'Repeat the request with this `cursor` to go on, also with letters that were interrupted; null when no letter is left',
          ),
        },
        {
          title: 'ReplayedDeadLetters',
          examples: [
            {
              handled: 1,
              failed: 0,
              skipped: 0,
              matching: 0,
              results: [{ id: exampleListedLetter.id, result: 'handled' }],
              nextCursor: null,
            },
          ],
        },
      ),
      ...problems(),
    },
  }
  app.post('/dead-letters/replay', { ...admin, schema }, async ({ body, user, log }) => {
    const { filter, cursor, limit: most = 100, dryRun = false } = body
    const from = cursor === undefined ? undefined : readCursor(cursor, '/cursor')
    const request = { after: from, limit: most, dryRun, isOver: limit() }
    const { results, after } = await many.replay(readFilter(topics, filter), request)
    const counts = countsOf(results)
    if (!dryRun) log.info({ filter: loggedFilter(filter), ...counts, by: user.id }, 'replayed dead letters')
    return { ...counts, results, nextCursor: after === undefined ? null : writeCursor(after) }
  })
}

function countsOf(done: readonly ReplayResult[]) {
  const counts = { handled: 0, failed: 0, skipped: 0, matching: 0 }
  for (const { result } of done) counts[result] += 1
  return counts
}
