import type { Occasion } from './due-mail.ts'
import type { Episode } from './episode.ts'

const MAX_SUBJECT = 150
const MAX_LISTED = 10

/**
 * Writes the mail about an episode.
 * @param cappedUntil the instant until which the caps allow no further mail to these addresses, if this is the last one
 * @returns the subject, which is one line, and the text
 */
export function mailText(
  episode: Episode,
  occasion: Occasion,
  cappedUntil?: Date,
): { subject: string; text: string } {
  const { about, error } = episode
  const subject = oneLine(`[Daybook] ${headline(episode, occasion)}: ${about}: ${error}`)
  const parts = [
    summary(episode, occasion),
    indented(error),
    occasion === 'over' ? '' : newest(episode),
    occasion === 'over' ? '' : (episode.detail ?? ''),
    episode.link ?? '',
    footer(occasion),
    cappedUntil === undefined
      ? ''
      : `The cap of mails per hour is reached. Mails about other failures wait until ${time(cappedUntil)}.`,
  ]
  const text = parts.filter(part => part !== '').join('\n\n')
  return { subject, text: `${text.toWellFormed()}\n` }
}

/** Makes a text a line of a header: no line end or other control character is left, and it is not too long. */
export function oneLine(text: string): string {
  const line = text.replace(/[\s\p{C}]+/gu, ' ').trim()
  return (line.length > MAX_SUBJECT ? `${line.slice(0, MAX_SUBJECT - 1)}…` : line).toWellFormed()
}

function headline({ count, told }: Episode, occasion: Occasion): string {
  if (occasion === 'over') return 'Over'
  const failures = count - told
  return failures === 1 && occasion === 'first'
    ? 'Failed'
    : `Failed ${failures} times${occasion === 'more' ? ' more' : ''}`
}

function summary({ about, count, told, firstAt, lastAt, recoveredAt }: Episode, occasion: Occasion): string {
  const period = count === 1 ? `at ${time(firstAt)}` : `from ${time(firstAt)} to ${time(lastAt)}`
  switch (occasion) {
    case 'first':
      return `${about} failed: ${times(count)}, ${period}. The error:`
    case 'more':
      return `${about} fails: ${times(count - told)} since the last mail, ${times(count)} in all, ${period}. The last error:`
    case 'over':
      return `${about} succeeded again at ${time(recoveredAt ?? lastAt)}. It had failed ${times(count)}, ${period}. The last error was:`
  }
}

function newest({ recent, isMixed, about }: Episode): string {
  const listed = recent.slice(-MAX_LISTED).map(entry => `  ${entry}`)
  const mixed = isMixed ? [`${about} has many different errors: this mail counts several of them.`] : []
  return [...mixed, 'The last failures:', ...listed].join('\n')
}

const footer = (occasion: Occasion) =>
  occasion === 'over'
    ? 'The next failure is told at once.'
    : 'Further failures of this kind are counted, and told once in an hour. One more mail says when they are over.'

const indented = (text: string) => text.replace(/^/gm, '  ')
const times = (count: number) => (count === 1 ? 'once' : `${count} times`)
const time = (instant: Date) => instant.toISOString()
