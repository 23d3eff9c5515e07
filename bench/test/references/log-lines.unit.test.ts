import t from 'tap'
import { type Completion, logLines } from '../../references/log-lines.ts'

const completion: Completion = {
  userId: 'ada',
  taskId: '0199a0b0-0000-7000-8000-000000000001',
  name: 'Écrire: à \\ Zoë\t買い物',
  notes: null,
  dueOn: null,
  tags: ['home', 'garden'],
  completedAt: '2026-03-29T00:59:59.999Z',
}
const { userLog, taskFile, taskFileName } = logLines('Europe/Berlin')

t.test('a user log is in the order of time, with the offset of each instant', async t => {
  const later = { ...completion, taskId: 'b', name: 'b', completedAt: '2026-03-29T01:00:00.000Z' }
  t.equal(
    userLog([later, completion]),
    '2026-03-29T01:59:59.999+01:00\t2026-03-29T00:59:59.999Z\t0199a0b0-0000-7000-8000-000000000001\tÉcrire: à \\\\ Zoë\\u{9}買い物\n' +
      '2026-03-29T03:00:00.000+02:00\t2026-03-29T01:00:00.000Z\tb\tb\n',
  )
})

t.test('a task file has a line for each field, without spaces at the ends of lines', async t => {
  t.equal(
    taskFile(completion),
    [
      'id: 0199a0b0-0000-7000-8000-000000000001',
      'name: Écrire: à \\\\ Zoë\\u{9}買い物',
      'updatedAt: 2026-03-29T00:59:59.999Z',
      'completedAt: 2026-03-29T01:59:59.999+01:00 Europe/Berlin',
      'dueOn:',
      'tags: home, garden',
      'notes:',
      '',
    ].join('\n'),
  )
})

t.test('the name of a task file has letters of all scripts, and _ for what is not allowed', async t => {
  t.equal(
    taskFileName(completion),
    '0199a0b0-0000-7000-8000-000000000001_Écrire__à___Zoë_買い物_20260329T005959.999Z.log',
  )
})
