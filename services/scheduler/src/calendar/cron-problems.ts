import { validateDetailed } from 'node-cron'
import { parseCron } from './cron.ts'
import { type CronField, cronFields, spellings } from './cron-fields.ts'

const nicknames = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly']
const fieldNames = cronFields.map(({ name }) => name)

/**
 * What is wrong with a cron expression, and what to write instead. Each problem names the field, and the value or the
 * character. The check is stricter than node-cron, which reads `1*` as 10 to 59 and accepts steps that match one value only.
 * @returns an empty list for a valid expression
 */
export function cronProblems(expression: string): string[] {
  const text = expression.trim()
  if (text.startsWith('@')) return nicknameProblems(text.toLowerCase())
  const values = text.split(/\s+/).filter(value => value !== '')
  const fields = cronFields.slice(values.length === 6 ? 0 : 1)
  const problems = spaceProblems(expression, fields)
  if (values.length !== 5 && values.length !== 6) return [...problems, countProblem(values.length)]
  problems.push(...fields.flatMap((field, i) => fieldProblems(field, values[i] as string)))
  if (problems.length > 0 || !matchesNoDate(expression)) return problems
  const dates = values.slice(-3).join(' ')
  return [`day of month, month and day of week, "${dates}", match no date: a date must match all three`]
}

function nicknameProblems(text: string): string[] {
  if (nicknames.includes(text)) return []
  const known = `use one of ${nicknames.join(', ')}`
  if (text === '@reboot') return [`"@reboot" names no time at which a schedule could fire: ${known}`]
  return [`"${text}" is no nickname: ${known}; for a fixed time between two slots use "every"`]
}

const countProblem = (count: number) =>
  `has ${count} fields: write 5 (${fieldNames.slice(1).join(', ')}), or 6 with the second before them`

/** Reports white space other than spaces, such as a tab: it looks like a space. */
function spaceProblems(expression: string, fields: readonly CronField[]): string[] {
  const index = expression.search(/[^\S ]/)
  if (index === -1) return []
  const before = expression.slice(0, index).split(/\s+/).filter(Boolean).length
  const place = before === 0 ? `before the ${fields[0]?.name}` : `after the ${fields[before - 1]?.name}`
  return [`has ${shown(expression[index] as string)} ${place}: separate fields by spaces`]
}

function fieldProblems(field: CronField, value: string): string[] {
  const strange = [...value].find(char => !/[a-z0-9*/,#?-]/i.test(char))
  if (strange !== undefined) return [`has ${shown(strange)} in the ${field.name}: ${allowedIn(field)}`]
  if (value === '?' && field.name.startsWith('day')) return []
  return value.split(',').flatMap(item => itemProblem(field, item) ?? [])
}

/** Says what is wrong with one item of a comma-separated list. */
function itemProblem(field: CronField, item: string): string | undefined {
  if (item === '') return `has an empty item in the ${field.name}: remove the extra comma`
  if (field.special?.test(item)) return undefined
  const [, range = '', step] = /^([^/]*)(?:\/(\d+))?$/.exec(item) ?? []
  const ends = range === '*' ? [] : range.split('-').map(end => numberOf(field, end))
  if (range === '' || ends.length > 2 || ends.includes(undefined))
    return `"${item}" is no valid ${field.name}: ${allowedIn(field)}`
  if (step === undefined) return undefined
  if (ends.length === 1)
    return `"${item}" is no valid ${field.name}: a step needs a range, as in ${range}-${field.max}/${step}`
  return stepProblem(field, item, Number(step), sizeOf(field, ends as number[]))
}

function stepProblem({ name, instead }: CronField, item: string, step: number, size: number) {
  if (step === 0) return `"${item}" is no valid ${name}: a step must be 1 or more`
  if (step === 1 || step < size) return undefined
  const what = `"${item}" is no valid ${name}: a step of ${step} matches only the first of ${size} values`
  return `${what}; ${instead(step)}`
}

/** The number of values in a range. A range can wrap from the greatest value to the least. A `*` stands for all values. */
const sizeOf = ({ size }: CronField, [first, last]: number[]) =>
  first === undefined || last === undefined
    ? size
    : first <= last
      ? last - first + 1
      : ((((last - first) % size) + size) % size) + 1

/** The number of a value that is written as a number or a name; undefined for anything else. */
function numberOf({ names, min, max }: CronField, text: string): number | undefined {
  const index = names.findIndex(name => spellings(name).includes(text.toLowerCase()))
  const number = index >= 0 ? min + index : Number(/^\d+$/.exec(text)?.[0] ?? Number.NaN)
  return number >= min && number <= max ? number : undefined
}

const allowedIn = ({ allowed }: CronField) =>
  `use ${allowed}; lists (1,5), ranges (1-5) or steps (*/5, 1-30/5)`

/** Describes a character by itself and its Unicode number, or only by the number when the character is invisible. */
function shown(char: string): string {
  const code = `U+${(char.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`
  if (char === '\t') return `a tab (${code})`
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(char) ? `"${char}" (${code})` : `the character ${code}`
}

/** node-cron rejects some of the expressions that match no date, and accepts others. */
const matchesNoDate = (expression: string) =>
  !validateDetailed(expression).valid || parseCron(expression).first(0) === undefined
