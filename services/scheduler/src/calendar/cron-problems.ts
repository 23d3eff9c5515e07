import { validateDetailed } from 'node-cron'
import { parseCron } from './cron.ts'
import { type CronField, cronFields, spellings } from './cron-fields.ts'

const nicknames = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly']
const fieldNames = cronFields.map(({ name }) => name)

/**
 * What is wrong with a cron expression, for whoever wrote it: each fault with its field, and the value or the character.
 * It is stricter than node-cron, which takes `1*` for 10 to 59 and steps that only ever match one value.
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
  return [`day of month, month and day of week, "${dates}", match no date there is: all three must match`]
}

function nicknameProblems(text: string): string[] {
  if (nicknames.includes(text)) return []
  const known = `there are ${nicknames.join(', ')}`
  if (text === '@reboot') return [`"@reboot" has no slots, since a schedule has times of its own: ${known}`]
  return [`"${text}" is no nickname: ${known}; for elapsed time between two slots use "every"`]
}

const countProblem = (count: number) =>
  `has ${count} fields: it must have 5 (${fieldNames.slice(1).join(', ')}), or 6 with the second before them`

/** Other white space than spaces, which looks like one. */
function spaceProblems(expression: string, fields: readonly CronField[]): string[] {
  const index = expression.search(/[^\S ]/)
  if (index === -1) return []
  const before = expression.slice(0, index).split(/\s+/).filter(Boolean).length
  const place = before === 0 ? `before the ${fields[0]?.name}` : `after the ${fields[before - 1]?.name}`
  return [`has ${shown(expression[index] as string)} ${place}: fields are separated by spaces`]
}

function fieldProblems(field: CronField, value: string): string[] {
  const strange = [...value].find(char => !/[a-z0-9*/,#?-]/i.test(char))
  if (strange !== undefined) return [`has ${shown(strange)} in the ${field.name}: ${taken(field)}`]
  if (value === '?' && field.name.startsWith('day')) return []
  return value.split(',').flatMap(item => itemProblem(field, item) ?? [])
}

/** Says what is wrong with one item of a list, or with the only one. */
function itemProblem(field: CronField, item: string): string | undefined {
  if (item === '') return `has a comma too many in the ${field.name}`
  if (field.special?.test(item)) return undefined
  const [, range = '', step] = /^([^/]*)(?:\/(\d+))?$/.exec(item) ?? []
  const ends = range === '*' ? [] : range.split('-').map(end => numberOf(field, end))
  if (range === '' || ends.length > 2 || ends.includes(undefined))
    return `"${item}" cannot be the ${field.name}: ${taken(field)}`
  if (step === undefined) return undefined
  if (ends.length === 1)
    return `"${item}" cannot be the ${field.name}: a step goes through a range, as in ${range}-${field.max}/${step}`
  return stepProblem(field, item, Number(step), sizeOf(field, ends as number[]))
}

function stepProblem({ name, instead }: CronField, item: string, step: number, size: number) {
  if (step === 0) return `"${item}" cannot be the ${name}: a step is 1 or more`
  if (step === 1 || step < size) return undefined
  const what = `"${item}" cannot be the ${name}: of its ${size} values a step of ${step} only meets the first`
  return `${what}; ${instead(step)}`
}

/** How many values are in a range, which may go on from the greatest value to the least; no ends are all values. */
const sizeOf = ({ size }: CronField, [first, last]: number[]) =>
  first === undefined || last === undefined
    ? size
    : first <= last
      ? last - first + 1
      : ((((last - first) % size) + size) % size) + 1

/** @returns undefined for what is no value of the field */
function numberOf({ names, min, max }: CronField, text: string): number | undefined {
  const index = names.findIndex(name => spellings(name).includes(text.toLowerCase()))
  const number = index >= 0 ? min + index : Number(/^\d+$/.exec(text)?.[0] ?? Number.NaN)
  return number >= min && number <= max ? number : undefined
}

const taken = ({ takes }: CronField) => `${takes}; lists (1,5), ranges (1-5) and steps (*/5, 1-30/5)`

/** A character that can be seen, and its number. */
function shown(char: string): string {
  const code = `U+${(char.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`
  if (char === '\t') return `a tab (${code})`
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(char) ? `"${char}" (${code})` : `the character ${code}`
}

/** node-cron refuses some of these expressions, and takes others. */
const matchesNoDate = (expression: string) =>
  !validateDetailed(expression).valid || parseCron(expression).first(0) === undefined
