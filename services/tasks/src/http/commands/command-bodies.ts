import { Nullable, taskDetails } from '@daybook/shared/events'
import { type Static, Type } from 'typebox'
import type { Details } from '../../task.ts'

const { name, notes, dueOn, tags } = taskDetails

export const NewTask = Type.Object(
  { name, notes: Type.Optional(notes), dueOn: Type.Optional(dueOn), tags: Type.Optional(tags) },
  {
    title: 'NewTask',
    additionalProperties: false,
    examples: [{ name: 'Water the plants', dueOn: '2026-11-22', tags: ['home'] }],
  },
)

/** All details of a task that a user creates. */
export const detailsOf = (body: Static<typeof NewTask>): Details => ({
  notes: null,
  dueOn: null,
  tags: [],
  ...body,
})

export const Changes = Type.Partial(
  Type.Object({ name, notes, dueOn, tags: Nullable(tags, 'Labels; null removes all') }),
  {
    title: 'TaskChanges',
    additionalProperties: false,
    description: 'JSON merge patch (RFC 7396)',
    examples: [{ dueOn: null }],
  },
)

/** The details that a user changes. */
export function changesOf(body: Static<typeof Changes>): Partial<Details> {
  const { tags = [], ...rest } = body
  return 'tags' in body ? { ...rest, tags: tags ?? [] } : rest
}
