import { Type } from 'typebox'
import { Instant, NullableInstant } from '../events/index.ts'
import { isOutage } from '../failures/outage.ts'
import { type App, problems } from '../http/index.ts'
import {
  type Alarm,
  type AlarmSource,
  MAX_REFERENCES,
  referenceTypes,
  severities,
} from '../incidents/alarm.ts'

const Reference = Type.Object(
  { type: Type.Enum([...referenceTypes]), id: Type.String() },
  { title: 'AlarmReference', description: 'What it is about, for a link' },
)

const AlarmBody = Type.Object(
  {
    kind: Type.String({ description: 'What is wrong, for programs. See docs/operations.md, "Alarms"' }),
    severity: Type.Enum([...severities], {
      description:
        'critical: what users were promised fails or is late; warning: something waits for an operator',
    }),
    since: NullableInstant('Since when, or null if that is not stored'),
    count: Type.Integer({ minimum: 1, description: 'How many are concerned' }),
    more: Type.Boolean({ description: 'Whether there are more than `count`' }),
    problem: Type.String({ description: 'What is wrong, as a sentence' }),
    remedy: Type.String({ description: 'What to do' }),
    references: Type.Array(Reference, {
      maxItems: MAX_REFERENCES,
      description: `The newest of them, at most ${MAX_REFERENCES}`,
    }),
  },
  { title: 'Alarm' },
)

const Unknown = Type.Object(
  { kind: Type.String(), why: Type.String({ description: 'Why it could not be looked for' }) },
  { title: 'UnknownAlarm' },
)

const example = {
  at: '2026-11-22T13:03:00.000Z',
  alarms: [
    {
      kind: 'run-overdue',
      severity: 'critical',
      since: '2026-11-22T00:15:00.000Z',
      count: 1,
      more: false,
      problem: 'A run is not done 900 s after it was made: the log writers have not handled its requests',
      remedy: 'What to do: docs/operations.md, "Runs that are not done". GET /runs of reporting lists them.',
      references: [{ type: 'run', id: '2026-11-21@Europe/Berlin' }],
    },
  ],
  unknown: [],
}

const Alarms = Type.Object(
  {
    at: Instant('When this was looked for'),
    alarms: Type.Array(AlarmBody, { description: 'The critical ones first, and of these the oldest' }),
    unknown: Type.Array(Unknown, {
      description: 'The kinds that could not be looked for, because MongoDB or Kafka is away',
    }),
  },
  { title: 'Alarms', examples: [example] },
)

/** Serves `GET /alarms`: what is wrong in a service now, from the sources that its mails and metrics use too. */
export function serveAlarms(app: App, sources: readonly AlarmSource[]): void {
  const schema = {
    operationId: 'listAlarms',
    summary: 'What is wrong now, and what to do',
    description: 'Computed from the store, so all processes of the service answer the same.',
    tags: ['operations'],
    response: { 200: Alarms, ...problems() },
  }
  app.get('/alarms', { config: { admin: true }, schema }, async () => {
    const now = new Date()
    const looks = await Promise.all(sources.map(source => look(source, now)))
    return {
      at: now.toISOString(),
      alarms: looks.flatMap(({ alarms }) => alarms).sort(urgentFirst),
      unknown: looks.flatMap(({ unknown }) => unknown ?? []),
    }
  })
}

async function look({ kind, find }: AlarmSource, now: Date) {
  try {
    return { alarms: (await find(now)).map(alarm => alarmBody(kind, alarm)) }
  } catch (error) {
    if (!isOutage(error)) throw error
    return { alarms: [], unknown: { kind, why: (error as Error).message } }
  }
}

const alarmBody = (kind: string, { since, more = false, ...alarm }: Alarm) => ({
  kind,
  ...alarm,
  more,
  since: since?.toISOString() ?? null,
})

type Shown = ReturnType<typeof alarmBody>

/** Alarms without a time count as the newest. */
const urgentFirst = (a: Shown, b: Shown) =>
  severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
  ((a.since ?? '~') < (b.since ?? '~') ? -1 : 1)
