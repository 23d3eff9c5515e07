/** The examples of the OpenAPI document. */

/** A task that its user has not completed. */
export const exampleTask = {
  id: '019ab0c0-0000-7000-8000-000000000001',
  userId: 'alice',
  name: 'Water the plants',
  notes: null,
  dueOn: '2026-11-22',
  tags: ['home'],
  status: 'open',
  createdAt: '2026-11-20T08:00:00.000Z',
  updatedAt: '2026-11-20T08:00:00.000Z',
  completedAt: null,
  version: 1,
}

/** An event in the history of a task. */
export const exampleEvent = {
  id: '019ab0c0-0000-7000-8000-000000000001:1',
  type: 'TaskCreated',
  time: '2026-11-20T08:00:00.000Z',
  data: {
    taskId: '019ab0c0-0000-7000-8000-000000000001',
    userId: 'alice',
    sequence: 1,
    name: 'Water the plants',
    notes: null,
    dueOn: '2026-11-22',
    tags: ['home'],
  },
}
