import { localTime } from '@daybook/shared/time/days'
import type { Completion } from '../projection/completion.ts'
import { slug } from './file-names.ts'

/** What is in the log files: the same completions make the same bytes. */

// C0, DEL and C1, the line and paragraph separators, and all that changes the direction of text: none may make one
// line look like two, or like another. The backslash too, so that an escape can't be forged.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
const unsafe = /[\\\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

/** Text from outside as part of a line: what could forge a line or hide in one is written as `\u{…}`. */
export const escapeText = (text: string): string =>
  text.replace(unsafe, char => (char === '\\' ? '\\\\' : `\\u{${char.codePointAt(0)?.toString(16)}}`))

/**
 * A user's day: one line for each completed task, in the order given, with local time and offset, UTC, the task's id
 * and its name, separated by tabs.
 */
export const userLogText = (completions: Completion[]): string => completions.map(line).join('')

function line({ completedAt, timeZone, taskId, name }: Completion): string {
  return `${[localTime(new Date(completedAt), timeZone), completedAt, taskId, escapeText(name)].join('\t')}\n`
}

/** One completed task: a line for each field. */
export function taskFileText(completion: Completion): string {
  const { taskId, name, notes, dueOn, tags, completedAt, timeZone } = completion
  const fields = {
    id: taskId,
    name,
    updatedAt: completedAt,
    completedAt: `${localTime(new Date(completedAt), timeZone)} ${timeZone}`,
    dueOn: dueOn ?? '',
    tags: tags.join(', '),
    notes: notes ?? '',
  }
  return Object.entries(fields)
    .map(([field, value]) => `${field}: ${escapeText(value)}`.trimEnd().concat('\n'))
    .join('')
}

/** `<taskId>_<name>_<updatedAt>.log`, the time as `20261122T140300.123Z`; the id keeps equal names apart. */
export function taskFileName({ taskId, name, completedAt }: Completion): string {
  return `${taskId}_${slug(name)}_${completedAt.replace(/[-:]/g, '')}.log`
}
