import t from 'tap'
import { parseTodoLine, type TodoLine } from '../../demo/todo-txt.ts'

const plain: TodoLine = {
  name: '',
  completed: false,
  tags: [],
  dueOn: null,
  notes: null,
  person: null,
  timeZone: null,
}

const tasks: [line: string, task: Partial<TodoLine>][] = [
  ['Water the plants', { name: 'Water the plants' }],
  ['x Water the plants', { name: 'Water the plants', completed: true }],
  ['X marks the spot', { name: 'X marks the spot' }],
  ['xylophone lessons', { name: 'xylophone lessons' }],
  ['(A) Call Mom', { name: 'Call Mom', tags: ['priority A'] }],
  ['Really gotta call Mom (A) @phone', { name: 'Really gotta call Mom (A)', tags: ['phone'] }],
  ['(b) Get back to the boss', { name: '(b) Get back to the boss' }],
  ['(A)->Get back', { name: '(A)->Get back' }],
  ['2026-11-20 Document +TodoTxt', { name: 'Document', tags: ['TodoTxt'], notes: 'created 2026-11-20' }],
  [
    'x (A) 2026-11-22 2026-11-20 measure space for +shelving @chapel due:2026-11-30',
    {
      name: 'measure space for',
      completed: true,
      tags: ['shelving', 'chapel', 'priority A'],
      dueOn: '2026-11-30',
      notes: 'completed 2026-11-22, created 2026-11-20',
    },
  ],
  [
    'x 2026-11-22 done pri:C',
    { name: 'done', completed: true, tags: ['priority C'], notes: 'completed 2026-11-22' },
  ],
  ['a + b @ home', { name: 'a + b @ home' }],
  ['mail me@example.com 3+4 @a @a', { name: 'mail me@example.com 3+4', tags: ['a'] }],
  ['read https://example.com/a:b key:value', { name: 'read https://example.com/a:b key:value' }],
  ['share for:alice zone:europe/berlin', { name: 'share', person: 'alice', timeZone: 'Europe/Berlin' }],
  ['../../etc/passwd for:../mallory', { name: '../../etc/passwd', person: '../mallory' }],
  ['  打扫房间 🌱 @家\t', { name: '打扫房间 🌱', tags: ['家'] }],
  ['\uFEFFx first line', { name: 'first line', completed: true }],
]

for (const [line, task] of tasks) {
  t.test(`a valid task: ${JSON.stringify(line)}`, async t => {
    t.strictSame(parseTodoLine(line), { todo: { ...plain, ...task } })
  })
}

for (const line of ['', '   ', '\t']) {
  t.test(`a blank line: ${JSON.stringify(line)}`, async t => {
    t.equal(parseTodoLine(line), 'blank')
  })
}

const faults: [line: string, why: string][] = [
  ['x', 'it does not say what to do'],
  ['x ', 'it does not say what to do'],
  ['(A)', 'it does not say what to do'],
  ['x 2026-11-22 2026-11-20', 'it does not say what to do'],
  ['@home +garden for:alice', 'it does not say what to do'],
  ['2026-02-30 Pay the rent', '"2026-02-30" is not a date'],
  ['Pay the rent due:tomorrow', '"tomorrow" is not a date'],
  ['Pay the rent due:2026-13-01', '"2026-13-01" is not a date'],
  ['Land zone:Mars/Base', '"Mars/Base" is not a time zone'],
  ['Land zone:BST', '"BST" is not a time zone'],
]

for (const [line, malformed] of faults) {
  t.test(`a malformed line: ${JSON.stringify(line)}`, async t => {
    t.strictSame(parseTodoLine(line), { malformed })
  })
}
