import { type TObject, Type } from 'typebox'
import { Instant, Json, Nullable } from '../events/index.ts'
import { exampleLetter } from './examples.ts'

/** The shapes of dead letters in the REST API. */

const Id = Type.String({
  pattern: '^[^/]+/[^/]+/\\d+/\\d+$',
  description: '<group>/<topic>/<partition>/<offset>; URL-encoded in a path, as in a%2Fb%2F0%2F7',
})

export const LetterPath = Type.Object({ id: Id })

export const Cursor = Type.String({ format: 'cursor', description: '`nextCursor` of the previous answer' })
export const NextCursor = (description: string) => Nullable(Cursor, description)

const Text = (description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 1000, format: 'well-formed', description }))

/** The conditions of lists and commands. @param topics the topics by the groups whose letters are served */
export const filterFields = (topics: ReadonlyMap<string, string>) => ({
  topic: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z0-9._-]{1,249}$',
      description:
        'Only messages of this topic, which may be one that its consumer group does not read any more',
    }),
  ),
  group: Type.Optional(
    Type.Enum([...topics.keys()], { description: 'Only messages that this consumer group parked' }),
  ),
  key: Text('Only messages with this key'),
  partition: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 2_147_483_647, description: 'Only messages of this partition' }),
  ),
  offset: Type.Optional(
    Type.String({ pattern: '^\\d{1,19}$', description: 'Only the messages with this offset' }),
  ),
  error: Text('Only letters whose error contains this text, in upper or lower case'),
  errorGroup: Type.Optional(
    Type.String({
      maxLength: 1000,
      format: 'well-formed',
      description: 'Only letters of one group of errors: `error` of `GET /dead-letters/groups`',
    }),
  ),
  text: Text(
    'Only letters whose error, key, headers or value contain this text, in upper or lower case. Of messages over 64 KiB only the error and a key of up to 1 KiB are searched',
  ),
  from: Type.Optional(Instant('Only letters that were parked then or later')),
  before: Type.Optional(Instant('Only letters that were parked earlier')),
})

/** The filter of a command. An empty one would be about all letters, which is hardly ever meant. */
export const filterOf = (topics: ReadonlyMap<string, string>): TObject<ReturnType<typeof filterFields>> =>
  Type.Object(filterFields(topics), {
    additionalProperties: false,
    title: 'DeadLetterFilter',
    minProperties: 1,
    description: 'Which letters. At least one condition',
  })

const common = {
  id: Id,
  group: Type.String({ description: 'The consumer group that could not handle the message' }),
  topic: Type.String(),
  partition: Type.Integer(),
  offset: Type.String({ description: 'The offset of the message; of a batch its first offset' }),
  batch: Type.Optional(
    Type.Object(
      { lastOffset: Type.String(), codec: Type.String() },
      { description: 'Set for a batch that could not be decoded: `valueBase64` holds its bytes' },
    ),
  ),
  key: Type.Optional(Type.String({ description: 'The key, if it is text; at most its first 1 KiB' })),
  keyBase64: Type.Optional(Type.String({ description: 'The key, if it is not UTF-8' })),
  attempts: Type.Integer({ description: 'How often the message was handed to its handler' }),
  parkedAt: Instant('When the message was parked'),
  lastAttemptAt: Type.Optional(Instant('When the last replay failed')),
  replaying: Type.Boolean({ description: 'Whether a replay has the letter now' }),
}

/** A dead letter as lists show it. */
export const ListedLetter = Type.Object(
  {
    ...common,
    error: Type.Object(
      { name: Type.String(), message: Type.String({ description: 'Its first 300 characters' }) },
      { description: 'Why the last attempt failed' },
    ),
  },
  { title: 'ListedDeadLetter' },
)

const Header = Type.Object({
  name: Type.Optional(Type.String()),
  nameBase64: Type.Optional(Type.String({ description: 'The name, if it is not UTF-8' })),
  value: Type.Optional(Type.String({ description: 'The value, if it is text; at most its first 4 KiB' })),
  valueBase64: Type.Optional(
    Type.String({ description: 'The value, if it is not UTF-8; at most its first 4 KiB' }),
  ),
  valueBytes: Nullable(Type.Integer(), 'The size of the value; null if the header has no value'),
})

const Fault = Type.Object({
  pointer: Type.String({
    description: 'A JSON pointer into the value; that of a missing property if one is missing',
  }),
  detail: Type.String(),
})

/** A dead letter with its message. */
export const LetterBody = Type.Object(
  {
    ...common,
    error: Type.Object(
      {
        name: Type.String(),
        message: Type.String(),
        stack: Nullable(Type.String(), 'Where it was thrown'),
        faults: Type.Optional(
          Type.Array(Fault, {
            description:
              'Where the value violates its schema, at most 20; letters of earlier versions have none',
          }),
        ),
      },
      { description: 'Why the last attempt failed' },
    ),
    timestamp: Type.Optional(
      Instant('The time of the record; letters of earlier versions, and records without a time, have none'),
    ),
    keyBytes: Nullable(Type.Integer(), 'The size of the key; null if the message has no key'),
    headers: Type.Array(Header, { description: 'The headers in their order, at most 1,000 of them' }),
    headerCount: Type.Integer({ minimum: 0, description: 'How many headers the message has' }),
    valueBytes: Nullable(Type.Integer(), 'The size of the value; null if the message has no value'),
    json: Type.Optional(
      Json('The value, if it is JSON whose numbers and names JavaScript can keep, of at most 1 MiB'),
    ),
    value: Type.Optional(
      Type.String({ description: 'The value as it is, if it is text, also JSON; at most its first 1 MiB' }),
    ),
    valueBase64: Type.Optional(
      Type.String({ description: 'The value, if it is not UTF-8; at most its first 1 MiB' }),
    ),
  },
  { title: 'DeadLetter', examples: [exampleLetter] },
)
