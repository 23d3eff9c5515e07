import {
  type ClockEvent,
  type DayAmended,
  type DayReported,
  endOfDayEvent,
  scheduleFiredEvent,
  type TaskEventOf,
  type TaskEventType,
  taskStateEvent,
  type UserErased,
  userErasedEvent,
} from '../events/index.ts'

/** An example of each event that other teams read. They tell of one task on one day. */

const taskId = '01a20457-3c5a-7564-abb3-10346a2cb6aa'
const userId = 'alice'
const [day, timeZone] = ['2026-11-22', 'Europe/Berlin']
const details = { name: 'Water the plants', notes: null, dueOn: day, tags: ['home'] }
const coveredOffsets = { 0: '118', 1: '97', 2: '0', 3: '4711', 4: '12', 5: '88' }

const aboutTask = (sequence: number, time: string) => ({
  id: `${taskId}:${sequence}`,
  source: '/daybook/tasks',
  subject: taskId,
  time,
})
const [createdAt, editedAt, completedAt, reopenedAt, deletedAt, restoredAt] = [
  '2026-11-22T09:15:00.000Z',
  '2026-11-22T09:16:30.250Z',
  '2026-11-22T13:03:00.123Z',
  '2026-11-22T13:04:10.500Z',
  '2026-11-22T13:05:00.000Z',
  '2026-11-22T13:05:20.000Z',
] as const

export const taskExamples: { [T in TaskEventType]: TaskEventOf<T> } = {
  TaskCreated: {
    ...aboutTask(1, createdAt),
    type: 'TaskCreated',
    data: { taskId, userId, sequence: 1, ...details, dueOn: null, createdAt },
  },
  TaskEdited: {
    ...aboutTask(2, editedAt),
    type: 'TaskEdited',
    data: { taskId, userId, sequence: 2, changes: { dueOn: day }, editedAt },
  },
  TaskCompleted: {
    ...aboutTask(3, completedAt),
    type: 'TaskCompleted',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    data: { taskId, userId, sequence: 3, ...details, completedAt, timeZone, day },
  },
  TaskReopened: {
    ...aboutTask(4, reopenedAt),
    type: 'TaskReopened',
    data: { taskId, userId, sequence: 4, reopenedAt, completedDay: day, timeZone, takenBack: true },
  },
  TaskDeleted: {
    ...aboutTask(5, deletedAt),
    type: 'TaskDeleted',
    data: { taskId, userId, sequence: 5, deletedAt },
  },
  TaskRestored: {
    ...aboutTask(6, restoredAt),
    type: 'TaskRestored',
    data: { taskId, userId, sequence: 6, restoredAt },
  },
}

export const stateExamples = {
  TaskState: taskStateEvent(
    { id: taskId, version: 3, time: completedAt },
    {
      ...{ id: taskId, userId, ...details, status: 'completed', createdAt, updatedAt: completedAt },
      completion: { at: completedAt, day, timeZone },
      version: 3,
    },
  ),
}

const [requestedAt, erasedAt] = ['2026-11-22T13:06:00.000Z', '2026-11-22T13:06:01.200Z']

export const userExamples: { UserErased: UserErased } = {
  UserErased: userErasedEvent('01a2045f-8a10-7b3c-9d55-2f61c0de7e01', {
    userId,
    requestedAt,
    erasedAt,
    tasks: 12,
  }),
}

const endedAt = new Date('2026-11-22T23:00:00.000Z')
const firing = { schedule: 'weekly-invoices', slot: '2026-11-23T07:00:00.000Z' }

export const clockExamples: { [E in ClockEvent as E['type']]: E } = {
  EndOfDay: endOfDayEvent(day, timeZone, endedAt, `end-of-day:${timeZone}`),
  ScheduleFired: scheduleFiredEvent(`firing:${firing.schedule}:${firing.slot}`, {
    ...firing,
    firedAt: '2026-11-23T07:00:00.141Z',
    missed: false,
    byHand: false,
    data: { customer: 7 },
  }),
  TasksPublished: {
    id: `tasks-published:${endedAt.toISOString()}`,
    type: 'TasksPublished',
    source: '/daybook/tasks',
    subject: 'daybook.tasks',
    time: '2026-11-22T23:00:00.310Z',
    data: { endedAt: endedAt.toISOString(), offsets: coveredOffsets },
  },
}

const aboutDay = { source: '/daybook/reporting', subject: day }
const sha256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'

export const reportExamples: { DayReported: DayReported; DayAmended: DayAmended } = {
  DayReported: {
    ...aboutDay,
    id: `day-reported:${timeZone}:${day}`,
    type: 'DayReported',
    time: '2026-11-22T23:00:04.020Z',
    data: {
      day,
      timeZone,
      reportedAt: '2026-11-22T23:00:04.020Z',
      users: 3,
      completions: 11,
      failures: 0,
      coveredOffsets,
      manifestSha256: sha256,
    },
  },
  DayAmended: {
    ...aboutDay,
    id: `day-amended:${day}:${userId}:2`,
    type: 'DayAmended',
    time: '2026-11-22T23:00:09.700Z',
    data: {
      day,
      timeZone,
      amendedAt: '2026-11-22T23:00:09.700Z',
      userId,
      revision: 2,
      completions: 4,
      sha256,
      taskFiles: null,
      coveredOffsets: { ...coveredOffsets, 3: '4712' },
    },
  },
}
