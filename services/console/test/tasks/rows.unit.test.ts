import t from 'tap'
import { dismiss, rows, setRow } from '../../src/tasks/rows.ts'
import type { Row, Task } from '../../src/tasks/task.ts'

const refused = (version: number) =>
  ({
    key: 'one',
    task: { id: 'one', version } as Task,
    isDeleted: false,
    pending: [],
    refused: {},
  }) as unknown as Row

t.test(
  'dismissing a refusal keeps a task that exists, and removes one whose creation was refused',
  async t => {
    setRow('one', refused(2))
    dismiss(refused(2))
    t.match(rows.peek().get('one'), { task: { version: 2 }, refused: undefined })
    setRow('one', refused(0))
    dismiss(refused(0))
    t.notOk(rows.peek().has('one'))
  },
)
