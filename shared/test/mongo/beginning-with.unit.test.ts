import { test } from 'tap'
import { beginningWith } from '../../src/mongo/beginning-with.ts'

test('the range of a prefix ends before the first text that does not begin with it', async t => {
  t.strictSame(beginningWith('2026-01-01/'), { $gte: '2026-01-01/', $lt: '2026-01-010' })
  t.strictSame(beginningWith('task:'), { $gte: 'task:', $lt: 'task;' })
  t.strictSame(beginningWith('2026-01-01@'), { $gte: '2026-01-01@', $lt: '2026-01-01A' })
  t.strictSame(beginningWith('limit#'), { $gte: 'limit#', $lt: 'limit$' })
})
