/** A field of a cron expression: what it takes, beside what all of them take. */
export interface CronField {
  name: string
  min: number
  max: number
  /** How many values there are before they come again: 7 is Sunday, as 0 is. */
  size: number
  /** Names of its values, from the least on; each may be written in full as well. */
  names: readonly string[]
  /** Matches what it takes beside numbers, names, `*`, ranges and steps. */
  special?: RegExp
  /** What it takes, for whoever wrote something else. */
  takes: string
  /** How to be due each so many of its values, where a step cannot say it. */
  instead: (count: number) => string
}

const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

const every = (unit: string, duration: (count: number) => string) => (count: number) =>
  `for a slot every ${count} ${unit} use "every": "${duration(count)}"`
const everyDay = every('days', count => `P${count}D`)

const sixty = { min: 0, max: 59, size: 60, names: [], takes: '0 to 59' }

/** The six fields, in order; of five the second is left out. */
export const cronFields: readonly CronField[] = [
  { ...sixty, name: 'second', instead: every('seconds', count => `PT${count}S`) },
  { ...sixty, name: 'minute', instead: every('minutes', count => `PT${count}M`) },
  {
    name: 'hour',
    min: 0,
    max: 23,
    size: 24,
    names: [],
    takes: '0 to 23',
    instead: every('hours', count => `PT${count}H`),
  },
  {
    name: 'day of month',
    min: 1,
    max: 31,
    size: 31,
    names: [],
    // The last day, some days before it, the last day from Monday to Friday, and the one nearest to a date.
    special: /^(L|L-0?[1-9]|L-[12]\d|L-30|LW|(0?[1-9]|[12]\d|3[01])W)$/i,
    takes: '1 to 31, L, L-1 to L-30, LW, 1W to 31W',
    instead: everyDay,
  },
  {
    name: 'month',
    min: 1,
    max: 12,
    size: 12,
    names: months,
    takes: '1 to 12, jan to dec',
    instead: () => 'list the months, as in 1,7',
  },
  {
    name: 'day of week',
    min: 0,
    max: 7,
    size: 7,
    names: weekdays,
    // The last one, or the nth one, of a month.
    special: new RegExp(`^([0-7]|${weekdays.flatMap(spellings).join('|')})(L|#[1-5])$`, 'i'),
    takes: '0 to 7, sun to sat, 0L to 7L, 0#1 to 7#5',
    instead: everyDay,
  },
]

/** The full name and the short one. */
export function spellings(name: string): string[] {
  return [name, name.slice(0, 3)]
}
