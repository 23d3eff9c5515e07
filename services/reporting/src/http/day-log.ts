import { DaybookError } from '@daybook/shared/failures/errors'
import { type App, problems } from '@daybook/shared/http'
import { Type } from 'typebox'
import type { LogFiles } from '../logs/log-files.ts'
import type { Completions } from '../projection/completion-store.ts'
import { dayState, reasonOf } from './day-state.ts'
import type { DayDeps } from './days.ts'
import { exampleLine, exampleTexts } from './examples.ts'
import { columns, type Format, formats, inFormat, LogLine } from './log-formats.ts'
import { DayPath, UserQuery } from './schemas.ts'
import { whose } from './whose.ts'

const LogQuery = Type.Object(
  {
    ...UserQuery.properties,
    format: Type.Enum(Object.keys(formats) as Format[], {
      default: 'text',
      description:
        'text: the log file as it was written, once the day is over; csv, ndjson and json: the completions that count now, also before the day is over',
    }),
  },
  { additionalProperties: false },
)

const content = {
  [formats.text]: { schema: Type.String({ examples: [exampleTexts.text] }) },
  [formats.csv]: {
    schema: Type.String({
      examples: [exampleTexts.csv],
      description: `RFC 4180, with a header: ${columns.join(', ')}. Tags are separated by commas; a value that is null is empty`,
    }),
  },
  [formats.ndjson]: {
    schema: Type.String({
      examples: [exampleTexts.ndjson],
      description: 'A line for each completion, like an item of json',
    }),
  },
  [formats.json]: { schema: Type.Array(LogLine, { title: 'LogLines', examples: [[exampleLine]] }) },
}

export interface DayLogDeps extends DayDeps {
  completions: Pick<Completions, 'ofUser'>
  files: Pick<LogFiles, 'read'>
}

/** Serves the log of a user's day: the file, or its completions in other formats. */
export function serveDayLog(app: App, deps: DayLogDeps): void {
  const { completions, userDays, files, logAges } = deps
  app.get(
    '/days/:day/log',
    {
      schema: {
        tags: ['days'],
        operationId: 'readLog',
        summary: 'The log of your day',
        params: DayPath,
        querystring: LogQuery,
        response: {
          200: { description: 'The log', content },
          ...problems(
            'DAYBOOK_AUTH_FORBIDDEN',
            'DAYBOOK_DAY_EMPTY',
            'DAYBOOK_LOG_NOT_WRITTEN',
            'DAYBOOK_LOG_REMOVED',
          ),
        },
      },
    },
    async ({ params: { day }, query, user }, reply) => {
      const userId = whose(user, query.user)
      if (query.format !== 'text') {
        const text = inFormat(query.format, await completions.ofUser(userId, day))
        return reply.type(formats[query.format]).send(Buffer.from(text) as never)
      }
      const file = await files.read(day, userId)
      if (file !== undefined) return reply.type(formats.text).send(file as never)
      const zones = await userDays.zones({ userId, day })
      if (zones.length > 0 && day <= (await logAges.read()).removedThrough) throw removed(day)
      const state = await dayState({ day, zones, ownTimeZone: user.timeZone }, deps)
      throw new DaybookError(
        state === 'empty' ? 'DAYBOOK_DAY_EMPTY' : 'DAYBOOK_LOG_NOT_WRITTEN',
        `There is no log of ${day}: ${reasonOf[state]}`,
      )
    },
  )
}

const removed = (day: string) =>
  new DaybookError(
    'DAYBOOK_LOG_REMOVED',
    `The log files of ${day} were removed because of their age. The formats csv, ndjson and json still have its completions`,
  )
