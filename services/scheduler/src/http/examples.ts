/** The examples of the OpenAPI document. */

export const exampleDefinition = {
  cron: '30 9 * * 1-5',
  timeZone: 'Europe/Berlin',
  data: { team: 'blue' },
  paused: false,
  catchUp: 'all',
  catchUpWindow: 'P7D',
}

export const exampleSchedule = {
  name: 'weekly-report',
  kind: 'user',
  version: 1,
  definition: exampleDefinition,
  timeZone: 'Europe/Berlin',
  nextSlot: '2026-11-23T08:30:00.000Z',
  nextFireAt: '2026-11-23T08:30:00.000Z',
  nextFireAtLocal: '2026-11-23T09:30:00.000+01:00',
  stats: {
    fired: 1,
    missed: 0,
    caughtUp: 0,
    lastSlot: '2026-11-20T08:30:00.000Z',
    lastFiredAt: '2026-11-20T08:30:00.012Z',
    lateMs: 12,
  },
}

export const exampleChange = {
  version: 1,
  at: '2026-11-19T10:00:00.000Z',
  by: 'operator',
  action: 'created',
  definition: exampleDefinition,
}

export const exampleFiring = {
  slot: '2026-11-23T08:30:00.000Z',
  slotLocal: '2026-11-23T09:30:00.000+01:00',
  fireAt: '2026-11-23T08:30:00.000Z',
}

export const examplePastFiring = {
  firedAt: '2026-11-20T08:30:00.012Z',
  slot: '2026-11-20T08:30:00.000Z',
  lateMs: 12,
  notFired: 0,
  id: 'firing:weekly-report:2026-11-20T08:30:00.000Z',
}
