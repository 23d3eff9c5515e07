import { localTime } from '@daybook/shared/time/days'
import type { DetailedCompletion, LoggedCompletion } from '../projection/completion.ts'
import { slug } from './file-names.ts'

/** The contents of the log files. The same completions make the same bytes. */

// C0, DEL and C1, the line and paragraph separators, and all characters that change the direction of text: a name with such
// characters could make one line look like two, or like another line. The backslash is included, so that nobody can forge an
// escape.
// biome-ignore lint/suspicious/noControlCharactersInRegex: the expression is about control characters
const unsafe = /[\\\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

/** Escapes a user's text for a line: characters that could forge or hide a part of a line become `\u{…}`. */
export const escapeText = (text: string): string =>
  text.replace(unsafe, char => (char === '\\' ? '\\\\' : `\\u{${char.codePointAt(0)?.toString(16)}}`))

/**
 * The text of a user log: one line for each completed task, in the given order, with local time and offset, UTC, the task's
 * id and its name, separated by tabs.
 */
export const userLogText = (completions: LoggedCompletion[]): string => completions.map(line).join('')

function line({ completedAt, timeZone, taskId, name }: LoggedCompletion): string {
  return `${localTime(new Date(completedAt), timeZone)}\t${completedAt}\t${taskId}\t${escapeText(name)}\n`
}

/** The text of a task file: a line for each field of one completed task. */
export function taskFileText(completion: DetailedCompletion): string {
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

/**
 * The name of a task file: `<taskId>_<name>_<updatedAt>.log`, with a time like `20261122T140300.123Z`. The id makes it
 * unique.
 */
export function taskFileName({ taskId, name, completedAt }: LoggedCompletion): string {
  return `${taskId}_${slug(name)}_${completedAt.replace(/[-:]/g, '')}.log`
}
