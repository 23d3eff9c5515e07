import t from 'tap'
import { parseLine } from '../../src/tasks/parse-line.ts'

// A Friday.
const TODAY = '2026-11-27'
const parse = (line: string) => parseLine(line, TODAY)

t.test('a line is a name, its tags and the day on which the task is due', async t => {
  t.strictSame(parse('Send the offer #sales  due:2026-12-01 #work'), {
    name: 'Send the offer',
    notes: null,
    dueOn: '2026-12-01',
    tags: ['sales', 'work'],
  })
})

t.test('a day can be named', async t => {
  t.equal(parse('x due:today').dueOn, TODAY)
  t.equal(parse('x due:Tomorrow').dueOn, '2026-11-28')
  t.equal(parse('x due:mon').dueOn, '2026-11-30')
  t.equal(parse('x due:friday').dueOn, '2026-12-04', 'the next one')
})

t.test('what is behind a backslash stays in the name', async t => {
  t.match(parse('Fix \\#15 \\due:friday C:\\x #work'), {
    name: 'Fix #15 due:friday C:\\x',
    dueOn: null,
    tags: ['work'],
  })
})

t.test('what is no tag and no day stays in the name', async t => {
  t.strictSame(parse('Fix issue #1# of C # due:someday due:2026-02-30'), {
    name: 'Fix issue #1# of C # due:someday due:2026-02-30',
    notes: null,
    dueOn: null,
    tags: [],
  })
})
