import { test } from 'tap'
import type { LogRequest } from '../../services/reporting/src/logs/log-requests.ts'
import { type WriteDeps, writeUserLogs } from '../../services/reporting/src/logs/write-user-logs.ts'
import { reachAtOnce } from './ports/database.ts'
import { memoryCompletions } from './ports/reporting/completions.ts'
import { memoryLogFiles } from './ports/reporting/log-files.ts'
import { memoryUserLogs } from './ports/reporting/user-logs.ts'

test('a log is empty when its completion was taken back while its first writer was slow', async t => {
  const connection = { database: new Map(), reach: reachAtOnce }
  const completions = memoryCompletions(connection)
  const userLogs = memoryUserLogs(connection)
  const disk = new Map<string, string>()
  const files = memoryLogFiles(disk, reachAtOnce)
  const deps: WriteDeps = {
    ...{ completions, userLogs, files, taskFiles: false, logTimeLimit: 60_000 },
    projectedOffsets: async () => new Map(),
    relay: { offer: () => undefined },
    pace: { wait: async () => undefined },
  }
  const writing = { heartbeat: async () => undefined, leavesLarge: true }
  const of = { _id: '2026-04-01:1', userId: 'ann', day: '2026-04-01', timeZone: 'UTC', taskId: '1' }
  const details = { name: 'Water the plants', notes: null, dueOn: null, tags: [] }
  const completedAt = '2026-04-01T12:00:00.000Z'
  await completions.apply([{ ...of, ...details, completedAt, version: 1, takenBack: false }])
  const request: LogRequest = { userId: 'ann', day: of.day, timeZone: 'UTC', late: false }

  let isSlow = true
  const slow: WriteDeps = {
    ...deps,
    files: {
      ...files,
      async write(days, limit) {
        if (isSlow) {
          isSlow = false
          await completions.apply([{ ...of, version: 2, takenBack: true }])
          await writeUserLogs([{ ...request, late: true }], deps, writing)
        }
        return files.write(days, limit)
      },
    },
  }
  t.strictSame(await writeUserLogs([request], slow, writing), [])
  t.strictSame([...disk], [])
  t.match(await userLogs.find(of.day, 'ann'), { completions: 0, sha256: null, revision: 2 })
})
