import t from 'tap'
import { compareLog, entriesOf } from '../../src/days/compare-log.ts'

const entry = (taskId: string, hour: string) => ({
  taskId,
  name: `Task ${taskId}`,
  completedAt: `2026-11-27T${hour}:00:00.000Z`,
})
const [a, b, c] = [entry('a', '08'), entry('b', '09'), entry('c', '10')]

t.test('a log file has a line for each completion', async t => {
  const text = '2026-11-27T09:00:00.000+01:00\t2026-11-27T08:00:00.000Z\ta\tTask a\n'
  t.strictSame(entriesOf(text), [{ completedAt: a.completedAt, taskId: 'a', name: 'Task a' }])
  t.strictSame(entriesOf(''), [])
})

t.test('a completion that arrived late will be added, and one that was taken back removed', async t => {
  t.strictSame(
    compareLog([a, b], [a, c]).map(({ entry, difference }) => [entry.taskId, difference]),
    [
      ['a', 'same'],
      ['b', 'removed'],
      ['c', 'added'],
    ],
  )
})
