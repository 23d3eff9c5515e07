import t from 'tap'
import { project } from '../../src/projection/completion.ts'
import { completed, reopened } from '../support/reporting.ts'

t.test('a completion counts on the day that its event names', async t => {
  const event = completed('alice', '2026-11-22', {
    timeZone: 'Pacific/Auckland',
    completedAt: '2026-11-21T11:00:00.000Z',
    notes: 'the big ones',
    dueOn: '2026-11-30',
    tags: ['home'],
    sequence: 7,
  })
  const { taskId } = event.data
  t.strictSame(project(event), {
    _id: `2026-11-22:${taskId}`,
    version: 7,
    day: '2026-11-22',
    timeZone: 'Pacific/Auckland',
    userId: 'alice',
    taskId,
    takenBack: false,
    name: 'Water the plants',
    notes: 'the big ones',
    dueOn: '2026-11-30',
    tags: ['home'],
    completedAt: '2026-11-21T11:00:00.000Z',
  })
})

t.test('reopening on the same day marks the same document as taken back', async t => {
  const event = completed('alice', '2026-11-22')
  const { taskId } = event.data
  const ofTask = { day: '2026-11-22', timeZone: 'UTC', userId: 'alice', taskId }
  t.strictSame(project(reopened(event)), {
    _id: `2026-11-22:${taskId}`,
    version: 3,
    ...ofTask,
    takenBack: true,
  })
})

t.test('reopening on a later day leaves the day unchanged', async t => {
  t.equal(project(reopened(completed('alice', '2026-11-22'), false)), undefined)
})
