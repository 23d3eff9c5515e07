import t from 'tap'
import type { Task } from '../../src/tasks/task.ts'
import { mineInWords, theirsInWords } from '../../src/today/command-words.ts'

const seen = { name: 'A', notes: 'n', dueOn: null, tags: ['x'] }
const theirs = { ...seen, name: 'B', notes: null, status: 'completed' } as unknown as Task

t.test('both versions of a task say what a change is about, also where it is empty', async t => {
  const mine = { type: 'edit', changes: { notes: null, tags: [] }, seen } as const
  t.equal(mineInWords({ ...mine, changes: { notes: null, tags: [] } }), 'no tags · no notes')
  t.equal(theirsInWords(theirs, { ...mine, changes: { notes: null } }), 'B · #x · no notes · done')
  t.equal(theirsInWords(theirs, { type: 'delete' }), 'B · #x · done')
})
