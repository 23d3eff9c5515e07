import { seededRandom } from '@daybook/shared/testing'
import { createTask } from 'node-cron'
import { type Test, test } from 'tap'
import { parseCron } from '../../src/calendar/cron.ts'

const second = 1000
const day = 86_400 * second

/** Whether an expression matches an instant according to node-cron's own matcher. */
function nodeCron(t: Test, expression: string): (at: number) => boolean {
  const task = createTask(expression, () => undefined, { timezone: 'UTC' })
  t.teardown(() => task.destroy())
  return at => task.match(new Date(at))
}

/** All matches in [from, to). */
function matches(expression: string, from: number, to: number): number[] {
  const { first } = parseCron(expression)
  const found: number[] = []
  for (let at = first(from); at !== undefined && at < to; at = first(at + 1)) found.push(at)
  return found
}

/** Compares the matches in [from, to) with node-cron, which is asked at each multiple of `step`. */
function compare(t: Test, expression: string, from: number, to: number, step: number): void {
  const isMatch = nodeCron(t, expression)
  const expected: number[] = []
  for (let at = from; at < to; at += step) if (isMatch(at)) expected.push(at)
  if (matches(expression, from, to).join() !== expected.join()) t.fail(`${expression} differs from node-cron`)
}

const days = [
  '* * *',
  '1 * *',
  '31 * *',
  '29 2 *',
  'L * *',
  'L-1,L-30 * *',
  'LW * *',
  '1W,15W * *',
  '31W * *',
  '28W,29W 2 *',
  '10-20/3 jan,jul *',
  '28-3 * *',
  '*/10 */5 *',
  '* nov-feb *',
  '* * 0',
  '* * 7',
  '* * mon-fri',
  '* * sat-sun',
  '* * Tuesday,5',
  '* * 2#1,2#5,7#3',
  '* * 5L,0L',
  '13 * 5',
  '1-7 * 1',
  'L * 1-5',
  '1W,L 3 mon#1,3',
  '? * ?',
]

test('the same days match as in node-cron: day of month and day of week must both match', async t => {
  for (const fields of days) compare(t, `0 0 ${fields}`, Date.UTC(2021, 0), Date.UTC(2025, 0), day)
})

test('the same times match as in node-cron, for every second of three hours', async t => {
  for (const fields of ['* * *', '*/7 10-20/5 3,22', '59,0 0 22-2/3', '*/25 59-1 */9']) {
    compare(t, `${fields} * * *`, Date.UTC(2026, 10, 21, 21, 30), Date.UTC(2026, 10, 22, 0, 30), second)
  }
})

test('an expression without seconds matches at second 0, and a nickname matches like its expression', async t => {
  const [from, to] = [Date.UTC(2026, 0), Date.UTC(2026, 3)]
  t.strictSame(matches('5 4 * * *', from, to), matches('0 5 4 * * *', from, to))
  t.strictSame(matches('@weekly', from, to), matches('0 0 0 * * sun', from, to))
})

test('random expressions match as in node-cron', async t => {
  const random = seededRandom(t)
  const field = (min: number, max: number) => {
    const value = () => min + random(max - min + 1)
    const forms = [
      () => '*',
      value,
      () => `${value()}-${value()}`,
      () => `*/${1 + random(max)}`,
      () => `${value()},${value()}`,
    ]
    return forms[random(forms.length)]?.()
  }
  for (let tries = 0; tries < 20; tries += 1) {
    const expression = `${field(0, 59)} ${field(0, 23)} ${field(1, 28)} ${field(1, 12)} ${field(0, 6)}`
    const from = Date.UTC(2020 + random(10), random(12), random(28))
    compare(t, expression, from, from + day, 60 * second)
    compare(t, `0 0 ${expression.split(' ').slice(2).join(' ')}`, from, from + 400 * day, day)
  }
})

test('the first match is at or after the given time, also between two seconds', async t => {
  const { first } = parseCron('* * * * * *')
  const at = Date.UTC(2026, 10, 22, 23, 59, 59)
  t.strictSame([first(at), first(at + 1), first(at + 999)], [at, at + second, at + second])
})

test('a date that comes once in forty years is found', async t => {
  const { first } = parseCron('0 0 29 2 mon')
  t.equal(first(Date.UTC(2072, 2)), Date.UTC(2112, 1, 29))
})

test('a search for a date that does not exist returns undefined', async t => {
  t.equal(parseCron('0 0 31W 2 *').first(0), undefined)
})

test('a stored expression that is invalid today still matches', async t => {
  const [from, to] = [Date.UTC(2026, 0), Date.UTC(2026, 0, 2)]
  t.strictSame(matches('*/90 * * * *', from, to), matches('0 * * * *', from, to))
  t.strictSame(matches('0 */36 * * *', from, to), matches('0 0 * * *', from, to))
})
