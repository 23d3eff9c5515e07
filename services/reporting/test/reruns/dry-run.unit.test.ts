import t from 'tap'
import { type DryRunDeps, dryRun } from '../../src/reruns/dry-run.ts'

const users = Array.from({ length: 10_001 }, (_, i) => `user ${i}`)
const [first, second] = ['2026-11-22', '2026-11-23']
const run = (day: string) => ({ _id: `${day}@UTC`, state: 'done' })
const failed = { state: 'failed', sha256: null }

/** Two reported days on which the logs of all users failed. */
const deps = {
  runs: { find: async () => [run(first), run(second)] },
  completions: {
    users: async function* () {
      yield* users
    },
    count: async () => ({ users: users.length, completions: users.length }),
    ofUserDays: async function* () {},
  },
  userLogs: { findAll: async (ids: string[]) => new Map(ids.map(id => [id, failed])) },
  logsOfDays: { failedUsers: async () => users.slice(1) },
  files: { read: async () => undefined },
  logAges: { read: async () => ({ removedThrough: '' }) },
} as unknown as DryRunDeps

t.test('a dry run counts all logs that would be written, and compares 10,000 of them', async t => {
  const days = [first, second].map(day => ({ day, timeZone: 'UTC' }))
  const planned = (wanted: Parameters<typeof dryRun>[1]) => dryRun(days, wanted, deps)
  t.match(await planned({}), [
    { day: first, written: 10_001, compared: 10_000, changed: 10_000 },
    { day: second, written: 10_001, compared: 0, changed: 0 },
  ])
  t.match(await planned({ onlyFailed: true }), [
    { written: 10_000, compared: 10_000 },
    { written: 10_000, compared: 0 },
  ])
})
