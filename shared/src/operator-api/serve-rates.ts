import { Type } from 'typebox'
import { Instant } from '../events/index.ts'
import { type App, problems } from '../http/index.ts'
import { MINUTE_MS, type Minute, type Rates } from './rate-store.ts'

const MAX_MINUTES = 1440

/** What a service counts: a description by name. */
export type RateNames = Record<string, string>

const bodyOf = (names: RateNames) =>
  Type.Object(
    {
      at: Instant('When this was read'),
      from: Instant('The beginning of the first minute'),
      series: Type.Object(
        Object.fromEntries(
          Object.entries(names).map(([name, description]) => [
            name,
            Type.Array(Type.Integer({ minimum: 0 }), { description }),
          ]),
        ),
        {
          title: 'RateSeries',
          description: 'The counts of each minute from the first one on; the last minute is not over',
        },
      ),
    },
    {
      title: 'Rates',
      examples: [
        {
          at: '2026-11-22T13:03:30.000Z',
          from: '2026-11-22T13:02:00.000Z',
          series: Object.fromEntries(Object.keys(names).map(name => [name, [12, 5]])),
        },
      ],
    },
  )

/** Serves `GET /rates`: how much a service did in each minute of the last 24 hours. @param names all that it counts */
export function serveRates(app: App, { read }: Pick<Rates, 'read'>, names: RateNames): void {
  const schema = {
    operationId: 'readRates',
    summary: 'How much was done in each minute of the last 24 hours, by all processes of the service',
    description:
      'Processes write their counts every ten seconds, so the last minutes can grow. A process that is killed loses those of its last ten seconds.',
    tags: ['operations'],
    querystring: Type.Object(
      {
        minutes: Type.Integer({
          minimum: 1,
          maximum: MAX_MINUTES,
          default: 60,
          description: 'How many minutes, with the present one',
        }),
      },
      { additionalProperties: false },
    ),
    response: { 200: bodyOf(names), ...problems() },
  }
  app.get('/rates', { config: { admin: true }, schema }, async ({ query: { minutes } }) => {
    const at = new Date()
    const last = Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS
    const from = new Date(last - (minutes - 1) * MINUTE_MS)
    const series = seriesOf(await read(from), { names: Object.keys(names), from, minutes })
    return { at: at.toISOString(), from: from.toISOString(), series }
  })
}

function seriesOf(
  found: readonly Minute[],
  { names, from, minutes }: { names: string[]; from: Date; minutes: number },
): Record<string, number[]> {
  const series = Object.fromEntries(names.map(name => [name, new Array<number>(minutes).fill(0)]))
  for (const { minute, counts } of found) {
    const place = (minute.getTime() - from.getTime()) / MINUTE_MS
    for (const [name, count] of Object.entries(counts)) {
      const values = series[name]
      if (values !== undefined && place < minutes) values[place] = count
    }
  }
  return series
}
