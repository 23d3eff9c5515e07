import t from 'tap'
import { escapeText, taskFileName, taskFileText, userLogText } from '../../src/logs/log-format.ts'
import { type Completion, project } from '../../src/projection/completion.ts'
import { completed } from '../support/reporting.ts'

const ID = '0199c3a1-7e1c-7cc3-98c4-dc0c0c07398f'

const completion = (details: Parameters<typeof completed>[2] = {}) =>
  project(completed('alice', '2026-11-22', { taskId: ID, ...details })) as Completion

t.test("a line holds local time with its offset, UTC, the task's id and its name", async t => {
  const one = completion({ timeZone: 'Europe/Berlin', completedAt: '2026-11-22T13:03:00.123Z' })
  const line = `2026-11-22T14:03:00.123+01:00\t2026-11-22T13:03:00.123Z\t${ID}\tWater the plants\n`
  t.equal(userLogText([one]), line)
})

t.test('a line has the offset of its hour when clocks are set back', async t => {
  const hours = ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']
  const text = userLogText(hours.map(completedAt => completion({ timeZone: 'Europe/Berlin', completedAt })))
  const local = text.split('\n').map(line => line.split('\t')[0])
  t.strictSame(local, ['2026-10-25T02:30:00.000+02:00', '2026-10-25T02:30:00.000+01:00', ''])
})

t.test('a line has the offset of its hour when clocks are set forward', async t => {
  const hours = ['2026-03-29T00:59:59.999Z', '2026-03-29T01:00:00.000Z']
  const text = userLogText(hours.map(completedAt => completion({ timeZone: 'Europe/Berlin', completedAt })))
  const local = text.split('\n').map(line => line.split('\t')[0])
  t.strictSame(local, ['2026-03-29T01:59:59.999+01:00', '2026-03-29T03:00:00.000+02:00', ''])
})

t.test('no name can add a line, add a tab, hide text or reverse it', async t => {
  const forged = `2026-11-22T10:00:00.000+00:00\t2026-11-22T10:00:00.000Z\t${ID}\tforged`
  const breaks = ['\n', '\r', '\r\n', '\u0085', '\u2028', '\u2029', '\v', '\f', '\u0000', '\b', '\u007f']
  const turns = [
    '\u202e',
    '\u202a',
    '\u2066',
    '\u2069',
    '\u200e',
    '\u200f',
    '\u061c',
    '\u001b[2K',
    '\u009b2K',
  ]
  for (const trick of [...breaks, ...turns]) {
    const text = userLogText([completion({ name: `done${trick}${forged}` })])
    t.match(text, /^[\P{C}\t]*\n$/u, encodeURIComponent(trick))
    t.equal(text.split('\t').length, 4)
    t.notMatch(text, /[\u0085\u2028\u2029]/)
  }
})

t.test('an escape names its character, and nobody can forge one', async t => {
  t.equal(escapeText('a\nb\u202ec'), 'a\\u{a}b\\u{202e}c')
  t.equal(escapeText('a\\u{a}b'), 'a\\\\u{a}b')
  t.not(escapeText('\\\n'), escapeText('\\\\u{a}'))
  t.equal(escapeText('Größe: 🌱 日本語 — "ok"'), 'Größe: 🌱 日本語 — "ok"')
})

t.test('a task file has one line for each field, with any content', async t => {
  const plain = completion({ dueOn: '2026-11-30', tags: ['home', 'green'], notes: 'the big ones\nfirst' })
  const lines = [
    `id: ${ID}`,
    'name: Water the plants',
    'updatedAt: 2026-11-22T12:00:00.000Z',
    'completedAt: 2026-11-22T12:00:00.000+00:00 UTC',
    'dueOn: 2026-11-30',
    'tags: home, green',
    'notes: the big ones\\u{a}first',
    '',
  ]
  t.equal(taskFileText(plain), lines.join('\n'))
  const nasty = completion({ name: 'a\nid: b', notes: 'a\r\u0085\u2028name: c', tags: ['x\nname: d', 'y'] })
  t.equal(taskFileText(nasty).split(/[\n\r\u0085\u2028]/).length, lines.length)
  t.strictSame(
    taskFileText(completion())
      .split('\n')
      .filter(line => line.endsWith(':')),
    ['dueOn:', 'tags:', 'notes:'],
    'a field without a value has no space at its end',
  )
})

t.test("a task file's name holds id, name and updated_at", async t => {
  t.equal(taskFileName(completion({ name: 'water' })), `${ID}_water_20261122T120000.000Z.log`)
  const longest = taskFileName(completion({ name: '🌱'.repeat(500) }))
  t.ok(Buffer.byteLength(longest) < 200)
  t.notMatch(taskFileName(completion({ name: '../../etc/passwd' })), /\//)
})

t.test('the same completions make the same bytes', async t => {
  const make = () => [completion({ tags: ['a', 'b'] }), completion({ name: 'é\n' })]
  t.equal(userLogText(make()), userLogText(make()))
  t.strictSame(make().map(taskFileText), make().map(taskFileText))
})
