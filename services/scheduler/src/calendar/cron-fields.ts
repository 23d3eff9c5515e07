/** A field of a cron expression, and which values it allows. */
export interface CronField {
  name: string
  min: number
  max: number
  /** The number of different values. In day of week both 0 and 7 are Sunday, so there are 7. */
  size: number
  /** The full names of the values, from `min` on. The first three letters of a name are valid too. */
  names: readonly string[]
  /** Matches the values that only this field allows, in addition to numbers, names, `*`, ranges and steps. */
  special?: RegExp
  /** For error messages: the allowed values. */
  allowed: string
  /** For error messages: what to write instead of a step of `count` that is too large for the field. */
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
  `use "every": "${duration(count)}" for a slot every ${count} ${unit}`
const everyDay = every('days', count => `P${count}D`)

const sixty = { min: 0, max: 59, size: 60, names: [], allowed: '0 to 59' }

/** The six fields in order. An expression of five fields has no second. */
export const cronFields: readonly CronField[] = [
  { ...sixty, name: 'second', instead: every('seconds', count => `PT${count}S`) },
  { ...sixty, name: 'minute', instead: every('minutes', count => `PT${count}M`) },
  {
    name: 'hour',
    min: 0,
    max: 23,
    size: 24,
    names: [],
    allowed: '0 to 23',
    instead: every('hours', count => `PT${count}H`),
  },
  {
    name: 'day of month',
    min: 1,
    max: 31,
    size: 31,
    names: [],
    // L: the last day. L-3: three days before it. LW: the last workday. 15W: the workday nearest to the 15th.
    special: /^(L|L-0?[1-9]|L-[12]\d|L-30|LW|(0?[1-9]|[12]\d|3[01])W)$/i,
    allowed: '1 to 31, L, L-1 to L-30, LW, 1W to 31W',
    instead: everyDay,
  },
  {
    name: 'month',
    min: 1,
    max: 12,
    size: 12,
    names: months,
    allowed: '1 to 12, jan to dec',
    instead: () => 'list the months, as in 1,7',
  },
  {
    name: 'day of week',
    min: 0,
    max: 7,
    size: 7,
    names: weekdays,
    // 5L: the last Friday of a month. 5#2: the second Friday of a month.
    special: new RegExp(`^([0-7]|${weekdays.flatMap(spellings).join('|')})(L|#[1-5])$`, 'i'),
    allowed: '0 to 7, sun to sat, 0L to 7L, 0#1 to 7#5',
    instead: everyDay,
  },
]

/** The full name and the name of three letters. */
export function spellings(name: string): string[] {
  return [name, name.slice(0, 3)]
}
