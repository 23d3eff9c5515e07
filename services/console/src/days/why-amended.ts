import type { Reporting } from '@daybook/client'

export type Amendment = Reporting.components['schemas']['LogAmendment']

/** Why a log was written again with other content, as a sentence. */
export function whyAmended({ reason, completions, completionsBefore }: Amendment): string {
  const became = `${completionsBefore} became ${completions}`
  if (reason === 'erased') return 'Text in it was erased.'
  if (reason === 'again') return 'An operator ordered to write it again.'
  if (reason === 'run')
    return `A run of the day wrote it again, mostly because its person completed tasks in several time zones: ${became}.`
  if (completions > completionsBefore) return `It got more completions after the day was closed: ${became}.`
  return completions < completionsBefore
    ? `It lost completions after the day was closed: ${became}.`
    : 'Its completions changed after the day was closed.'
}
