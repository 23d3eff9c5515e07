import type { Envelope } from '@daybook/shared/events'
import { memoryLog } from '@daybook/shared/testing'
import { test } from 'tap'
import type { LogRequest } from '../../services/reporting/src/logs/log-requests.ts'
import type { UserLog } from '../../services/reporting/src/logs/user-log-model.ts'
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

test('the record of a log has the newest 20 amendments, each with what asked for it', async t => {
  const { deps } = openPorts()
  const { completions, userLogs } = deps
  let version = 0
  /** Writes the log with other bytes. */
  const amend = async (asked: Partial<LogRequest>, userId = 'ann') => {
    version += 1
    const next = { ...completion, userId, _id: `${of.day}:${userId}`, version, name: `version ${version}` }
    await completions.apply([next])
    await writeUserLogs([{ ...request, userId, ...asked }], deps, writing)
    return userLogs.find(of.day, userId)
  }
  const first = await amend({})
  t.match(first, { revision: 1, amendments: undefined, firstWrittenAt: undefined })
  const trace = '0af7651916cd43dd8448eb211c80319c'
  await amend({ late: true, traceparent: `00-${trace}-b7ad6b7169203331-01` })
  await amend({ timeZone: 'Asia/Tokyo' })
  await amend({ again: true, late: true })
  await amend({ erased: true, again: true, late: true })
  await completions.apply([{ ...of, _id: `${of.day}:ann`, version: 100, takenBack: true }])
  await writeUserLogs([{ ...request, late: true }], deps, writing)
  const run = `${of.day}@UTC`
  const same = { completionsBefore: 1, completions: 1, run }
  const before = await userLogs.find(of.day, 'ann')
  t.strictSame(
    before?.amendments?.map(({ writtenAt: _, ...rest }) => rest),
    [
      { ...same, revision: 2, reason: 'late', trace },
      { ...same, revision: 3, reason: 'run', run: `${of.day}@Asia/Tokyo` },
      { ...same, revision: 4, reason: 'again' },
      { ...same, revision: 5, reason: 'erased' },
      { ...same, revision: 6, reason: 'late', completions: 0 },
    ],
  )
  t.strictSame(
    [before?.firstWrittenAt, before?.amendments?.at(-1)?.writtenAt],
    [first?.writtenAt, before?.writtenAt],
  )
  await writeUserLogs([{ ...request, late: true }], deps, writing)
  t.strictSame(await userLogs.find(of.day, 'ann'), before, 'the same bytes are no amendment')

  version = 100
  for (let i = 0; i < 20; i += 1) await amend({ late: true })
  const { amendments = [], firstWrittenAt, writtenAt } = (await userLogs.find(of.day, 'ann')) ?? {}
  t.strictSame(
    amendments.map(({ revision }) => revision),
    Array.from({ length: 20 }, (_, i) => i + 7),
  )
  t.strictSame([firstWrittenAt, amendments.at(-1)?.writtenAt], [first?.writtenAt, writtenAt])
})

test('the amendments of an earlier version stay unknown', async t => {
  const { deps } = openPorts()
  const { completions, userLogs } = deps
  const amend = async (version: number) => {
    await completions.apply([{ ...completion, version, name: `version ${version}` }])
    await writeUserLogs([{ ...request, late: version > 1 }], deps, writing)
    return (await userLogs.find(of.day, 'ann')) as UserLog
  }
  const { amendments: _, firstWrittenAt: __, ...known } = await amend(1)
  const [id] = await userLogs.recordWritten([{ known, next: { ...known, revision: 2 }, amended: undefined }])
  t.equal(id, undefined)
  const amended = await amend(3)
  t.match(amended, { revision: 3, amendments: [{ revision: 3 }] })
  t.equal(amended.amendments?.length, 1)
  t.notHas(amended, { firstWrittenAt: Date })
})
