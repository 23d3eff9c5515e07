import { type Static, type TSchema, Type } from 'typebox'

/** The fields that the event schemas and the REST schemas share. */

export const Instant = (description: string) =>
  // The pattern excludes leap seconds and offsets: a JavaScript Date rejects the former and loses the latter.
  Type.String({
    format: 'date-time',
    pattern: 'T\\d\\d:\\d\\d:[0-5]\\d(\\.\\d+)?Z$',
    description: `${description}; RFC 3339 in UTC, milliseconds`,
  })

export const Day = (description: string) =>
  Type.String({ format: 'date', description: `${description}; a local date, YYYY-MM-DD` })

export const TimeZone = (description: string) =>
  Type.String({ format: 'time-zone', description: `${description}; its current name in the IANA database` })

/** Offsets in a topic, as `offsetsToJson` makes them: a partition and its offset are texts. */
export const Offsets = (description: string) =>
  Type.Record(Type.String(), Type.String({ pattern: '^\\d{1,19}$' }), { description })

/** Makes a schema also accept null. A union of schemas would report three errors for one fault. */
export const Nullable = <T extends TSchema & { type: string }>(schema: T, description: string) =>
  Type.Unsafe<Static<T> | null>({ ...schema, type: [schema.type, 'null'], description })

/** An instant as a Date writes it, or null. */
export const NullableInstant = (description: string) =>
  Nullable(Type.String({ format: 'date-time' }), description)

/** The task files of one log. */
export const TaskFiles = Nullable(
  Type.Object({
    count: Type.Integer({ minimum: 0, description: 'The number of the task files' }),
    sha256: Type.String({
      description: 'SHA-256 in hexadecimal, as `LC_ALL=C sha256sum * | sha256sum` prints it in their folder',
    }),
  }),
  'The task files of the log in short; null when they are not known: there are none, or an earlier version wrote them',
)

export const TaskId = Type.String({ format: 'uuid', description: "The task's id, a UUIDv7" })
export const UserId = Type.String({
  minLength: 1,
  maxLength: 255,
  format: 'well-formed',
  description: "The user's id",
})
export const Sequence = Type.Integer({
  minimum: 1,
  description: "The event's number within its task, from 1 without gaps",
})

/** The fields of a task that its user writes and can change. */
export const taskDetails = {
  name: Type.String({
    minLength: 1,
    maxLength: 500,
    pattern: '\\S',
    format: 'well-formed',
    description: 'The name of the task, 1 to 500 characters',
  }),
  notes: Nullable(Type.String({ maxLength: 10_000, format: 'well-formed' }), 'Notes about the task, or null'),
  dueOn: Nullable(Type.String({ format: 'date' }), 'The local date on which the task is due, or null'),
  tags: Type.Array(Type.String({ minLength: 1, maxLength: 50, format: 'well-formed' }), {
    maxItems: 20,
    uniqueItems: true,
    description: "Labels, in the user's order",
  }),
}

/** What stands in place of the text of an erased task. It is valid wherever the text was. */
export const erasedText = () => ({ name: '(erased)', notes: null, tags: [] as string[] })
