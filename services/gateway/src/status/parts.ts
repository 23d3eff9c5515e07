import { Instant, Nullable } from '@daybook/shared/events'
import { Type } from 'typebox'

/** The parts of Daybook whose state the gateway knows. */
export const partNames = ['gateway', 'tasks', 'reporting', 'scheduler', 'kafka', 'mongodb'] as const
export type PartName = (typeof partNames)[number]

/** What a look at a part found. */
export interface Seen {
  /** `no answer`: not within two seconds. */
  state: 'ok' | 'not ready' | 'no answer'
  /** What is wrong, by what is concerned. */
  troubles: Record<string, string>
  /** The version that runs. Absent: the part does not tell it. */
  version?: string | undefined
  /** The consumers of a service, as its `/health/ready` shows them. */
  consumers?: unknown[] | undefined
}

/** A part as the gateway sees it. */
export interface PartState extends Omit<Seen, 'state'> {
  name: PartName
  /** `unknown`: the first look has no result yet. */
  state: Seen['state'] | 'unknown'
  /** Since when this process of the gateway sees that state. */
  since: string
  /** When the part answered last; null: never. */
  answeredAt: string | null
}

/**
 * Returns the state of a part for people who are no admins: reasons may have addresses and names of servers in them, and a version
 * says which faults the part has.
 */
export function forPeople({ consumers: _, version: __, troubles, ...part }: PartState): PartState {
  const names = Object.keys(troubles).map(name => [name, 'not ready'])
  return { ...part, troubles: Object.fromEntries(names) }
}

const Part = Type.Object(
  {
    name: Type.Enum([...partNames]),
    state: Type.Enum(['ok', 'not ready', 'no answer', 'unknown'], {
      description: '`no answer`: not within two seconds; `unknown`: not looked yet',
    }),
    since: Instant('Since when this process of the gateway sees this state'),
    answeredAt: Nullable(
      Instant('When it answered last'),
      'When the part answered last; null: never since the gateway started',
    ),
    troubles: Type.Record(Type.String(), Type.String(), {
      description: 'What is not ready, each with the reason, which only admins get',
    }),
    version: Type.Optional(
      Type.String({
        description: 'The version that the process runs which answered; absent: not known; only for admins',
      }),
    ),
    consumers: Type.Optional(
      Type.Array(Type.Object({}, { additionalProperties: true }), {
        description:
          'The Kafka consumers of the process that answered, as in its `/health/ready`; only for admins',
      }),
    ),
  },
  { title: 'PartStatus' },
)

/** The answer of `GET /status`. */
export const Status = Type.Object(
  {
    at: Instant('When this was answered'),
    parts: Type.Array(Part),
  },
  {
    title: 'Status',
    examples: [
      {
        at: '2026-11-22T10:00:00.000Z',
        parts: [
          {
            name: 'tasks',
            state: 'ok',
            since: '2026-11-22T09:00:00.000Z',
            answeredAt: '2026-11-22T09:59:58.000Z',
            troubles: {},
          },
        ],
      },
    ],
  },
)
