import type { Letter } from './letter.ts'

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/** The id of the task that a message is about, for a link to its history; undefined when it is about none. */
export function taskOf({ json, headers }: Pick<Letter, 'json' | 'headers'>): string | undefined {
  const inValue =
    typeof json === 'object' && json !== null ? (json as { taskId?: unknown }).taskId : undefined
  const subject = headers.find(({ name }) => name === 'ce_subject')?.value
  return [inValue, subject].find((id): id is string => typeof id === 'string' && UUID.test(id))
}
