import type { Problem } from '../api/problem.ts'
import { reportingApi } from '../api/services.ts'

export const formats = ['text', 'csv', 'json', 'ndjson'] as const
export type Format = (typeof formats)[number]

const endings: Record<Format, string> = { text: 'log', csv: 'csv', json: 'json', ndjson: 'ndjson' }

/**
 * Reads the log of a day.
 * @param format text: the file as it was written; the others: the completions that count now
 */
export async function readLog(
  day: string,
  format: Format,
  signal?: AbortSignal,
): Promise<{ data?: string; error?: Problem }> {
  const params = { path: { day }, query: { format } }
  const options = { params, parseAs: 'text', ...(signal ? { signal } : {}) } as const
  const { data, error } = await reportingApi.GET('/days/{day}/log', options)
  return data === undefined ? { error: error as Problem } : { data: data as string }
}

/**
 * Saves the log of a day as a file. A link alone would send no token.
 * @returns why that failed; undefined when it succeeded
 */
export async function downloadLog(day: string, format: Format): Promise<Problem | undefined> {
  const { data, error } = await readLog(day, format)
  if (data === undefined) return error
  const url = URL.createObjectURL(new Blob([data]))
  const link = document.createElement('a')
  link.href = url
  link.download = `daybook-${day}.${endings[format]}`
  link.click()
  URL.revokeObjectURL(url)
  return undefined
}
