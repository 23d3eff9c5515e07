import type { Reporting, Tasks } from '@daybook/client'

type Task = Tasks.components['schemas']['Task']
type Month = Reporting.components['schemas']['Month']
type Day = Reporting.components['schemas']['Day']

/** What the services answer while screenshots are taken. All of it is always the same, so the screenshots are too. */

export const NOW = '2026-11-27T15:05:00.000Z'

const task = (number: number, name: string, facts: Partial<Task> = {}): Task => ({
  id: `01a21515-0000-7000-8000-${String(number).padStart(12, '0')}`,
  userId: 'alice',
  name,
  notes: null,
  dueOn: null,
  tags: [],
  status: 'open',
  createdAt: `2026-11-20T08:${String(number).padStart(2, '0')}:00.000Z`,
  updatedAt: NOW,
  completedAt: null,
  version: 1,
  ...facts,
})

const done = (at: string): Partial<Task> => ({ status: 'completed', completedAt: at, version: 2 })

export const open: Task[] = [
  task(1, 'Send the offer to Northwind', { dueOn: '2026-11-26', tags: ['sales'] }),
  task(2, 'Prepare the quarterly review', { dueOn: '2026-11-27', tags: ['board'] }),
  task(3, 'Water the plants', { dueOn: '2026-11-27', tags: ['home'] }),
  task(4, 'Book the train to Hamburg', {
    dueOn: '2026-12-01',
    tags: ['travel'],
    notes: 'The one at 9:38, with a seat at the window.',
  }),
  task(5, 'Renew the passport', { dueOn: '2026-12-15' }),
  task(6, 'Read the draft of the handbook', { tags: ['work'] }),
]

export const completed: Task[] = [
  task(7, 'Call the dentist', { ...done('2026-11-27T13:40:00.000Z'), tags: ['phone'] }),
  task(8, 'Fix the leaking tap in the kitchen', done('2026-11-27T08:12:00.000Z')),
]

// How much was done on which day: more at the beginning of a week, nothing on Sundays.
const counts = [0, 6, 4, 3, 5, 2, 1, 0, 9, 5, 4, 3, 3, 2, 0, 7, 4, 6, 2, 5, 1, 0, 8, 4, 3, 5]
const dayOf = (i: number) => `2026-11-${String(i + 1).padStart(2, '0')}`

export const month: Month = {
  month: '2026-11',
  userId: 'alice',
  days: counts.flatMap((completions, i) =>
    completions === 0
      ? []
      : [{ day: dayOf(i), completions, revision: [8, 24].includes(i) ? 2 : 1, failed: i === 17 }],
  ),
}

const completions = [
  ['08:03', 'Answer the letters of the week'],
  ['10:47', 'Pay the invoice of the printer'],
  ['14:20', 'Buy bread, milk and 2 kg of apples'],
] as const

/** A day whose log was amended, and will be once more. */
export const day: Day = {
  day: '2026-11-25',
  userId: 'alice',
  nextCursor: null,
  completions: completions.map(([time, name], i) => ({
    taskId: `01a21515-0000-7000-8000-0000000001${String(i).padStart(2, '0')}`,
    name,
    completedAt: `2026-11-25T${time}:00.000Z`,
    timeZone: 'Europe/Berlin',
    late: i > 0,
  })),
  log: {
    state: 'amended',
    revision: 2,
    sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    writtenAt: '2026-11-26T06:30:00.000Z',
    amendments: [
      {
        ...{ revision: 2, writtenAt: '2026-11-26T06:30:00.000Z', run: '2026-11-25@Europe/Berlin' },
        ...{ reason: 'late', completionsBefore: 1, completions: 2, trace: null },
      },
    ],
  },
}

/** The log of that day as it was written. */
export const log = day.completions
  .slice(0, 2)
  .map(({ taskId, name, completedAt }) => `${completedAt}\t${completedAt}\t${taskId}\t${name}\n`)
  .join('')
