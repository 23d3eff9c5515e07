import type { Envelope } from '@daybook/shared/events'
import { memoryLog } from '@daybook/shared/testing'
import { test } from 'tap'
import type { LogRequest } from '../../services/reporting/src/logs/log-requests.ts'
import { type WriteDeps, writeUserLogs } from '../../services/reporting/src/logs/write-user-logs.ts'
import { reachAtOnce } from './ports/database.ts'
import { memoryCompletions } from './ports/reporting/completions.ts'
import { memoryLogFiles } from './ports/reporting/log-files.ts'
import { memoryUserLogs } from './ports/reporting/user-logs.ts'

function openPorts() {
  const connection = { database: new Map(), reach: reachAtOnce }
  const disk = new Map<string, string>()
  const offered: Envelope[] = []
  const { log, lines } = memoryLog()
  const deps: WriteDeps = {
    completions: memoryCompletions(connection),
    userLogs: memoryUserLogs(connection),
    files: memoryLogFiles(disk, reachAtOnce),
    ...{ taskFiles: false, logTimeLimit: 60_000, log },
    projectedOffsets: async () => new Map(),
    relay: { offer: events => void offered.push(...events.map(({ event }) => event)) },
    pace: { wait: async () => undefined },
    removeLetters: async () => undefined,
  }
  return { deps, disk, offered, lines }
}

const writing = { heartbeat: async () => undefined, leavesLarge: true }
const of = { _id: '2026-04-01:1', userId: 'ann', day: '2026-04-01', timeZone: 'UTC', taskId: '1' }
const details = { name: 'Water the plants', notes: null, dueOn: null, tags: [] }
const completion = {
  ...{ ...of, ...details, version: 1, takenBack: false as const },
  completedAt: '2026-04-01T12:00:00.000Z',
}
const request: LogRequest = { userId: 'ann', day: of.day, timeZone: 'UTC', late: false }

test('a log is empty when its completion was taken back while its first writer was slow', async t => {
  const { deps, disk } = openPorts()
  const { completions, userLogs, files } = deps
  await completions.apply([completion])

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

test('a slow writer that has lost its partitions leaves no record of a log that another writer found empty', async t => {
  const { deps, disk } = openPorts()
  const { completions, userLogs } = deps
  await completions.apply([completion])

  let isLost = false
  const heartbeat = async () => {
    if (isLost) throw new Error('the partitions are lost')
  }
  const slow: WriteDeps = {
    ...deps,
    userLogs: {
      ...userLogs,
      async recordWritten(logs) {
        if (!isLost) {
          isLost = true
          await completions.apply([{ ...of, version: 2, takenBack: true }])
          await writeUserLogs([request], deps, writing)
        }
        return userLogs.recordWritten(logs)
      },
    },
  }
  t.strictSame(await writeUserLogs([request], slow, { ...writing, heartbeat }), [])
  t.strictSame([...disk], [])
  t.match(await userLogs.find(of.day, 'ann'), { completions: 0, sha256: null })
})

test('a late completion that another report had in the log before is announced for its own time zone', async t => {
  const { deps, offered } = openPorts()
  const inTokyo = { ...completion, _id: '2026-04-01:2', taskId: '2', timeZone: 'Asia/Tokyo' }
  await deps.completions.apply([completion, inTokyo])
  await writeUserLogs([request], deps, writing)
  t.strictSame(offered, [])
  const late = { ...request, timeZone: 'Asia/Tokyo', late: true }
  for (const _ of [1, 2]) await writeUserLogs([late], deps, writing)
  t.match(offered, [{ id: 'day-amended:2026-04-01:ann:1:Asia/Tokyo', data: { revision: 1, completions: 2 } }])
  t.match(await deps.userLogs.find(of.day, 'ann'), { runs: ['2026-04-01@UTC', '2026-04-01@Asia/Tokyo'] })
})

test('a late completion that was taken back before its log was written changes nothing', async t => {
  const { deps, offered } = openPorts()
  await deps.completions.apply([completion])
  await writeUserLogs([request], deps, writing)
  await writeUserLogs([{ ...request, timeZone: 'Asia/Tokyo', late: true }], deps, writing)
  t.strictSame(offered, [])
  t.match(await deps.userLogs.find(of.day, 'ann'), { runs: ['2026-04-01@UTC'], revision: 1 })
})

test('an amendment has the trace context of its request, also when a later request of the log has none', async t => {
  const { deps, offered, lines } = openPorts()
  await deps.completions.apply([completion])
  const late = { ...request, late: true }
  const trace = '0af7651916cd43dd8448eb211c80319c'
  const traceparent = `00-${trace}-b7ad6b7169203331-01`
  await writeUserLogs([{ ...late, traceparent }, late], deps, writing)
  t.match(offered, [{ type: 'DayAmended', traceparent }])
  t.match(lines, [{ day: of.day, user: 'ann', revision: 1, trace, msg: 'a log is amended' }])
  await deps.completions.apply([{ ...of, version: 2, takenBack: true }])
  await writeUserLogs([late], deps, writing)
  t.match(offered[1], { type: 'DayAmended', data: { revision: 2 } })
  t.notHas(offered[1], { traceparent })
})
