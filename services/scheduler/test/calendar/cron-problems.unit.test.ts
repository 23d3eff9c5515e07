import { seededRandom } from '@daybook/shared/testing'
import { validateDetailed } from 'node-cron'
import { test } from 'tap'
import { cronProblems } from '../../src/calendar/cron-problems.ts'

const problems: [string, RegExp][] = [
  ['60 * * * *', /^"60" is no valid minute: use 0 to 59; lists/],
  ['0,60 * * * *', /^"60" is no valid minute/],
  ['5/15 * * * *', /^"5\/15" is no valid minute: a step needs a range, as in 5-59\/15$/],
  ['1* * * * *', /^"1\*" is no valid minute/],
  ['*-5 * * * *', /^"\*-5" is no valid minute/],
  ['1-2-3 * * * *', /^"1-2-3" is no valid minute/],
  ['-5 * * * *', /^"-5" is no valid minute/],
  ['*/ * * * *', /^"\*\/" is no valid minute/],
  ['? * * * *', /^"\?" is no valid minute/],
  ['L * * * *', /^"L" is no valid minute/],
  ['* 24 * * *', /^"24" is no valid hour: use 0 to 23/],
  ['* 1-24 * * *', /^"1-24" is no valid hour/],
  ['60 0 0 * * *', /^"60" is no valid second/],
  ['0 0 0 * *', /^"0" is no valid day of month: use 1 to 31, L/],
  ['0 0 32W * *', /^"32W" is no valid day of month/],
  ['0 0 L-31 * *', /^"L-31" is no valid day of month/],
  ['0 0 1-5W * *', /^"1-5W" is no valid day of month/],
  ['0 0 ?,1 * *', /^"\?" is no valid day of month/],
  ['0 0 * foo *', /^"foo" is no valid month: use 1 to 12, jan to dec/],
  ['0 0 * 1jan *', /^"1jan" is no valid month/],
  ['0 0 * 13 *', /^"13" is no valid month/],
  ['0 0 * * mon#6', /^"mon#6" is no valid day of week: use 0 to 7, sun to sat/],
  ['0 0 * * L', /^"L" is no valid day of week/],
  ['0 0 * * tues', /^"tues" is no valid day of week/],
  ['0 0 * * 8', /^"8" is no valid day of week/],
  ['1,,2 * * * *', /^has an empty item in the minute: remove the extra comma$/],
  ['0 0 1, * *', /^has an empty item in the day of month: /],
  ['0 0 30 2 *', /^day of month, month and day of week, "30 2 \*", match no date/],
  ['0 0 31W 2 *', /match no date/],
  ['0 0 L-30 2 *', /match no date/],
  [
    '* * * *',
    /^has 4 fields: write 5 \(minute, hour, day of month, month, day of week\), or 6 with the second/,
  ],
  ['* * * * * * *', /^has 7 fields/],
  ['', /^has 0 fields/],
  ['   ', /^has 0 fields/],
]

const characters: [string, RegExp][] = [
  ['0\t9 * * *', /^has a tab \(U\+0009\) after the minute: separate fields by spaces$/],
  ['0 0\t9 * * *', /^has a tab \(U\+0009\) after the minute/],
  ['\t0 9 * * *', /^has a tab \(U\+0009\) before the minute/],
  ['0 9 * * *\n', /^has the character U\+000A after the day of week/],
  ['0 9\u00a0* * *', /^has the character U\+00A0 after the hour/],
  ['0\u2003 9 * * *', /^has the character U\+2003 after the minute/],
  ['٣ * * * *', /^has "٣" \(U\+0663\) in the minute: use 0 to 59/],
  ['0 0 * * *;', /^has ";" \(U\+003B\) in the day of week/],
  ['0 9 * * mon–fri', /^has "–" \(U\+2013\) in the day of week/],
  ['0 9 * * %', /^has "%" \(U\+0025\) in the day of week/],
  ['0 9 😀 * *', /^has "😀" \(U\+1F600\) in the day of month/],
  ['0 9 \u0000 * *', /^has the character U\+0000 in the day of month/],
  ['0 9 \ud800 * *', /^has the character U\+D800 in the day of month/],
  ['@reboot', /^"@reboot" names no time.*@daily/],
  ['@every 5m', /^"@every 5m" is no nickname: use one of @yearly, .*"every"/],
  ['@fortnightly', /^"@fortnightly" is no nickname/],
]

const steps: [string, RegExp][] = [
  [
    '*/90 * * * *',
    /^"\*\/90" is no valid minute: a step of 90 matches only the first of 60 values; use "every": "PT90M" for a slot every 90 minutes$/,
  ],
  ['*/60 * * * *', /is no valid minute: .*"PT60M"/],
  ['0,*/61 * * * *', /^"\*\/61" is no valid minute/],
  ['0-59/60 * * * *', /is no valid minute: .*"PT60M"/],
  ['5-10/30 * * * *', /is no valid minute: a step of 30 matches only the first of 6 values.*"PT30M"/],
  ['55-4/10 * * * *', /is no valid minute: a step of 10 matches only the first of 10 values/],
  ['*/75 * * * * *', /is no valid second: .*"PT75S"/],
  ['0 */36 * * *', /is no valid hour: .* of 24 values.*"PT36H"/],
  ['0 */24 * * *', /is no valid hour: .*"PT24H"/],
  ['0 0 */32 * *', /is no valid day of month: .* of 31 values.*"P32D"/],
  ['0 0 1 */13 *', /is no valid month: .* of 12 values.* list the months/],
  ['0 0 * * */8', /is no valid day of week: .* of 7 values.*"P8D"/],
  ['0 0 * * mon-wed/3', /is no valid day of week: .* of 3 values/],
  ['*/0 * * * *', /^"\*\/0" is no valid minute: a step must be 1 or more$/],
]

for (const [expression, problem] of [...problems, ...characters, ...steps]) {
  test(`${JSON.stringify(expression)} is invalid: ${problem.source}`, async t => {
    const found = cronProblems(expression)
    t.match(found[0], problem)
    t.equal(found.length, 1)
  })
}

test('a problem is reported for each wrong field', async t => {
  t.match(cronProblems('61\t*/90 0 foo 8'), [/tab/, /minute/, /hour/, /day of month/, /month/, /week/])
})

test('valid expressions have no problem', async t => {
  const expressions = [
    '*/30 */23 */30 */11 */6',
    '0-59/59 0 1 1 0-6/6',
    '5-5/1 22-2/3 28-3 nov-feb sat-sun',
    '0 0 L,L-3,LW,15W,1w,l * 5L,7#3,MON#1,Fridayl',
    '00 00 * * *',
    '0 0 ? JAN,december ?',
    '0 0 0 1 1 Sun',
    ' 0  9   * * * ',
    '0 0 29 2 mon#5',
    ...['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@HOURLY ', '@hourly'],
  ]
  for (const expression of expressions) t.strictSame(cronProblems(expression), [], expression)
})

test('node-cron accepts every random expression without a problem', async t => {
  const random = seededRandom(t)
  const parts = [
    '*',
    '/',
    '-',
    ',',
    '#',
    '?',
    'L',
    'W',
    'mon',
    'january',
    '0',
    '1',
    '5',
    '7',
    '12',
    '31',
    '59',
    '60',
  ]
  const field = () => Array.from({ length: 1 + random(4) }, () => parts[random(parts.length)]).join('')
  let valid = 0
  for (let tries = 0; tries < 50_000; tries += 1) {
    const fields = ['0', '0', '*', '*', '*']
    fields[random(5)] = field()
    const expression = fields.join(' ')
    if (cronProblems(expression).length > 0) continue
    valid += 1
    if (!validateDetailed(expression).valid) t.fail(expression)
  }
  t.ok(valid > 1000, `${valid} are valid`)
})
