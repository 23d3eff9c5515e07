import { type Static, type TSchema, Type } from 'typebox'

/** The building blocks of the event schemas and of the REST schemas: one name, one shape, one description. */

export const Instant = (description: string) =>
  // The pattern leaves out leap seconds and offsets, which a JavaScript Date does not take or keep.
  Type.String({
    format: 'date-time',
    pattern: 'T\\d\\d:\\d\\d:[0-5]\\d(\\.\\d+)?Z$',
    description: `${description}; RFC 3339 in UTC, milliseconds`,
  })

export const Day = (description: string) =>
  Type.String({ format: 'date', description: `${description}; a local date, YYYY-MM-DD` })

export const TimeZone = (description: string) =>
  Type.String({ format: 'time-zone', description: `${description}; its current name in the IANA database` })

/** One type or null, said in one place: a union of schemas would report three errors for one mistake. */
export const Nullable = <T extends TSchema & { type: string }>(schema: T, description: string) =>
  Type.Unsafe<Static<T> | null>({ ...schema, type: [schema.type, 'null'], description })

export const TaskId = Type.String({ format: 'uuid', description: "The task's id, a UUIDv7" })
export const UserId = Type.String({
  minLength: 1,
  maxLength: 255,
  format: 'well-formed',
  description: 'Whose task it is',
})
export const Sequence = Type.Integer({
  minimum: 1,
  description: "The event's number within its task, from 1 without gaps",
})

/** What a person can write about a task, and change. */
export const taskDetails = {
  name: Type.String({
    minLength: 1,
    maxLength: 500,
    pattern: '\\S',
    format: 'well-formed',
    description: 'What is to be done, in 1 to 500 characters',
  }),
  notes: Nullable(
    Type.String({ maxLength: 10_000, format: 'well-formed' }),
    'Anything else about it, or null',
  ),
  dueOn: Nullable(Type.String({ format: 'date' }), 'The local date it is due on, or null'),
  tags: Type.Array(Type.String({ minLength: 1, maxLength: 50, format: 'well-formed' }), {
    maxItems: 20,
    uniqueItems: true,
    description: 'Labels, in the order given',
  }),
}
