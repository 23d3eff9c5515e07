import type { Command, Details, Task } from '../tasks/task.ts'

/** A command in words, as the person gave it. */
export function mineInWords(command: Command): string {
  if (command.type === 'create') return words(filled(command.details))
  return command.type === 'edit' ? words(command.changes) : `${command.type} it`
}

/** A task in words: what it has, and what the command is about also where it has none. */
export function theirsInWords({ name, dueOn, tags, notes, status }: Task, mine: Command): string {
  const details = { name, dueOn, tags, notes }
  const names = mine.type === 'edit' ? (Object.keys(mine.changes) as (keyof Details)[]) : []
  const asked = Object.fromEntries(names.map(one => [one, details[one]]))
  return [words({ ...filled(details), ...asked }), status === 'completed' && 'done']
    .filter(Boolean)
    .join(' · ')
}

const filled = (details: Details): Partial<Details> =>
  Object.fromEntries(Object.entries(details).filter(([, value]) => value !== null && value.length > 0))

/** The given details in words, also those that are empty. */
function words({ name, dueOn, tags, notes }: Partial<Details>): string {
  const parts = [
    name,
    dueOn === null ? 'no due date' : dueOn && `due ${dueOn}`,
    tags?.length === 0 ? 'no tags' : tags?.map(tag => `#${tag}`).join(' '),
    notes === null ? 'no notes' : notes,
  ]
  return parts.filter(Boolean).join(' · ')
}
