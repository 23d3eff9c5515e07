/** The examples of the OpenAPI document. */

const sha256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'
const taskId = '019ab0c0-0000-7000-8000-000000000001'
const completedAt = '2026-11-22T08:30:00.000Z'

export const exampleLine = {
  completedAt,
  localTime: '2026-11-22T09:30:00.000+01:00',
  timeZone: 'Europe/Berlin',
  taskId,
  name: 'Water the plants',
  notes: null,
  dueOn: '2026-11-22',
  tags: ['home'],
}

export const exampleDay = {
  day: '2026-11-22',
  userId: 'alice',
  completions: [{ taskId, name: 'Water the plants', completedAt, timeZone: 'Europe/Berlin', late: false }],
  takenBack: [],
  nextCursor: null,
  log: {
    ...{ state: 'written', revision: 1, sha256, writtenAt: '2026-11-22T23:00:02.000Z', amendments: [] },
  },
}

export const exampleMonth = {
  month: '2026-11',
  userId: 'alice',
  days: [{ day: '2026-11-22', completions: 1, revision: 1, failed: false }],
}

export const exampleRun = {
  id: '2026-11-22@Europe/Berlin',
  day: '2026-11-22',
  timeZone: 'Europe/Berlin',
  state: 'done',
  jobs: 1,
  completions: 1,
  written: 1,
  failed: 0,
  firstError: null,
  amended: 0,
  createdAt: '2026-11-22T23:00:00.000Z',
  writingAt: '2026-11-22T23:00:01.000Z',
  doneAt: '2026-11-22T23:00:02.000Z',
  manifestSha256: sha256,
}

export const exampleRunLog = {
  userId: 'alice',
  state: 'written',
  revision: 1,
  completions: 1,
  sha256,
  writtenAt: '2026-11-22T23:00:02.000Z',
}

/** The log in each format that is text. */
export const exampleTexts = {
  text: `${exampleLine.localTime}\t${completedAt}\t${taskId}\tWater the plants\n`,
  csv: `${Object.keys(exampleLine).join(',')}\r\n${Object.values(exampleLine).join(',')}\r\n`,
  ndjson: `${JSON.stringify(exampleLine)}\n`,
}
