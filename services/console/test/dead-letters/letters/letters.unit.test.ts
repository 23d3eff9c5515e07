import t from 'tap'
import type { Problem } from '../../../src/api/problem.ts'
import {
  filterOf,
  inWords,
  letterPath,
  lettersPath,
  serviceOf,
} from '../../../src/dead-letters/letters/conditions.ts'
import { bytesOf, hexDump } from '../../../src/dead-letters/letters/hex.ts'
import type { LetterGroups } from '../../../src/dead-letters/letters/letter.ts'
import { noneSince } from '../../../src/dead-letters/letters/none.ts'
import { taskOf } from '../../../src/dead-letters/letters/task-of.ts'
import { valueBytesOf, viewsOf } from '../../../src/dead-letters/letters/value-views.ts'

const task = '01a21515-0000-7000-8000-000000000001'

t.test('the task of a letter is in its value or in its subject', async t => {
  t.equal(taskOf({ json: { taskId: task }, headers: [] }), task)
  t.equal(taskOf({ json: 'text', headers: [{ name: 'ce_subject', value: task, valueBytes: 36 }] }), task)
  t.equal(
    taskOf({ json: { taskId: '<script>' }, headers: [{ name: 'ce_subject', valueBytes: null }] }),
    undefined,
  )
  t.equal(taskOf({ json: null, headers: [] }), undefined)
})

t.test('bytes are written with their offsets and what of them is text', async t => {
  const text = hexDump(new TextEncoder().encode('{"name":"Bücher"}'))
  t.equal(
    text,
    [
      '00000000  7b 22 6e 61 6d 65 22 3a 22 42 c3 bc 63 68 65 72  {"name":"B..cher',
      `00000010  22 7d${' '.repeat(42)}  "}`,
    ].join('\n'),
  )
  t.equal(hexDump(bytesOf('/wA=')).slice(10, 15), 'ff 00')
  t.equal(hexDump(new Uint8Array()), '')
})

t.test('the bytes of a value are those on Kafka, and text is shown as text', async t => {
  const value = '\ufeff{ "n": 1.0,\n"n":2, "é": "\\u00e9" }'
  t.strictSame(Buffer.from(valueBytesOf({ value, json: { n: 2 } })), Buffer.from(value))
  t.strictSame(Buffer.from(valueBytesOf({ valueBase64: '/wA=' })), Buffer.from([0xff, 0]))
  t.strictSame(viewsOf({ value: 'null', json: null }), ['json', 'text', 'bytes'])
  t.strictSame(viewsOf({ value: '' }), ['text', 'bytes'])
  t.strictSame(viewsOf({ valueBase64: '/wA=' }), ['bytes'])
})

t.test('the address has the service, the conditions and the letter', async t => {
  const query = new URLSearchParams('service=reporting&topic=daybook.tasks&error=a&text=b&cursor=x')
  t.equal(serviceOf(query), 'reporting')
  t.equal(serviceOf(new URLSearchParams('service=other')), undefined)
  t.strictSame(filterOf(query), { topic: 'daybook.tasks', error: 'a', text: 'b' })
  t.equal(letterPath('tasks', 'g/t/0/7'), '/dead-letters/tasks/g%2Ft%2F0%2F7')
  t.equal(
    inWords('reporting', filterOf(query), String),
    'dead letters of reporting, of the topic daybook.tasks, with "a" in the error, with "b" in the error, key, headers or value',
  )
})

t.test('the address has the error of a group, also an empty one', async t => {
  for (const errorGroup of ['', 'connect failed: … & #']) {
    const filter = { topic: 'daybook.tasks', errorGroup }
    const [, query] = lettersPath('tasks', filter).split('?')
    t.strictSame(filterOf(new URLSearchParams(query)), filter)
  }
  t.equal(
    inWords('tasks', { errorGroup: 'no task #' }, String),
    'dead letters of tasks, with errors like "no task #"',
  )
  t.equal(inWords('tasks', { errorGroup: '' }, String), 'dead letters of tasks, with an error without text')
})

t.test(
  'no dead letters: only when every service has said so the last time, as of the oldest answer',
  async t => {
    const none = (readAt: number) => ({ data: { groups: [], more: false }, problem: undefined, readAt })
    t.equal(noneSince([none(3), none(1), none(2)]), 1)
    const problem = { type: 'urn:x', title: 'x', status: 503, detail: 'x' } as unknown as Problem
    t.equal(noneSince([none(3), { ...none(1), problem }]), undefined)
    t.equal(noneSince([none(3), { data: undefined, problem: undefined, readAt: 0 }]), undefined)
    const some = { groups: [{}], more: false } as unknown as LetterGroups
    t.equal(noneSince([none(3), { ...none(1), data: some }]), undefined)
  },
)
