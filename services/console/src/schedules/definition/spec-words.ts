import { durationText } from '../../time/duration-text.ts'
import { cronWords } from './cron-words.ts'
import type { Definition } from './schedule.ts'

/** When a schedule fires, as its definition has it: a cron expression, a duration or an instant. */
export const specOf = ({ cron, every, at }: Pick<Definition, 'cron' | 'every' | 'at'>): string =>
  cron ?? every ?? at ?? ''

/** When a schedule fires, in words; undefined when it has no short words for that. */
export function specWords({
  cron,
  every,
  at,
}: Pick<Definition, 'cron' | 'every' | 'at'>): string | undefined {
  if (cron !== undefined) return cronWords(cron)
  if (at !== undefined) return 'Once'
  const ms = msOf(every ?? '')
  return ms === undefined ? undefined : `Every ${durationText(ms)}`
}

const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i
const UNITS = [86_400_000, 3_600_000, 60_000, 1000]

/** The length of an ISO 8601 duration of days, hours, minutes and seconds, in milliseconds; undefined for any other text. */
export function msOf(duration: string): number | undefined {
  const [, ...counts] = DURATION.exec(duration) ?? []
  if (counts.every(count => count === undefined)) return undefined
  return counts.reduce((sum, count, i) => sum + Number(count ?? 0) * (UNITS[i] ?? 0), 0)
}
