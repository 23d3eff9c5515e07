import { type App, problems } from '@daybook/shared/http'
import { Type } from 'typebox'
import type { Pace } from '../pace/pace.ts'
import type { WriterLimits } from '../pace/writer-limit-store.ts'

const Rate = (description: string) =>
  Type.Union([Type.Number({ minimum: 1, maximum: 1_000_000 }), Type.Null()], { description })

const WriterLimit = Type.Object(
  {
    perProcess: Rate('Files a second that each process writes at most; null: no limit'),
    total: Rate('Files a second that all processes together write at most; null: no limit'),
  },
  { title: 'NewWriterLimit', examples: [{ perProcess: 500, total: null }], additionalProperties: false },
)

const LimitView = Type.Object(
  {
    ...WriterLimit.properties,
    version: Type.Integer({ description: 'How often the limit was set' }),
  },
  { title: 'WriterLimit', examples: [{ perProcess: 500, total: null, version: 1 }] },
)

/** Serves the limit of the log writers to operators. */
export function serveWriterLimit(
  app: App,
  { limits, pace }: { limits: WriterLimits; pace: Pick<Pace, 'use'> },
): void {
  const config = { admin: true }
  const tags = ['writers']
  const response = { 200: LimitView, ...problems() }
  app.get(
    '/writers/limit',
    {
      config,
      schema: {
        tags,
        operationId: 'readWriterLimit',
        summary: 'How many files the log writers write at most',
        response,
      },
    },
    () => limits.read(),
  )
  app.put(
    '/writers/limit',
    {
      config,
      schema: {
        tags,
        operationId: 'setWriterLimit',
        summary: 'Limit how many files the log writers write',
        description:
          'User logs and task files count, also those that are written again. The limit holds in all processes within a few seconds, also for what waits.',
        body: WriterLimit,
        response,
      },
    },
    async ({ body, user, log }) => {
      const limit = await limits.set(body)
      pace.use(limit)
      log.info({ ...limit, by: user.id }, 'set the limit of the log writers')
      return limit
    },
  )
}
