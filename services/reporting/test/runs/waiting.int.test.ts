import type { KafkaPort, Offsets } from '@daybook/shared/kafka'
import { commandsOf, makeStack, silent } from '@daybook/shared/testing'
import t from 'tap'
import { openLogsApart } from '../../src/apart/apart-store.ts'
import { openUserLogs } from '../../src/logs/user-log-store.ts'
import { manifestFiles } from '../../src/manifests/manifest-files.ts'
import { type Completion, project } from '../../src/projection/completion.ts'
import { openCompletions } from '../../src/projection/completion-store.ts'
import { advanceRuns } from '../../src/runs/advance-runs.ts'
import { openClosedDays } from '../../src/runs/closed-day-store.ts'
import { openRuns } from '../../src/runs/run-store.ts'
import { completed } from '../support/reporting.ts'

const DAY = '2026-03-10'
const zones = Array.from({ length: 440 }, (_, i) => `Zone/${i}`)

t.test('runs of all time zones wait for their barriers without writing to MongoDB', async t => {
  const stack = await makeStack(t)
  const { db, sent, writes } = await commandsOf(t, stack)
  const committed: Offsets = new Map([[0, 6n]])
  const kafka: Pick<KafkaPort, 'publish' | 'endOffsets' | 'committedOffsets'> = {
    publish: async () => ({ appendedAt: undefined }),
    endOffsets: async () => new Map([[0, 7n]]),
    committedOffsets: async () => committed,
  }
  const [runs, completions] = [await openRuns(db), await openCompletions(db)]
  const relay = { offer: () => undefined }
  const [userLogs, logsApart] = [await openUserLogs(db), await openLogsApart(db)]
  const stores = { runs, completions, closedDays: openClosedDays(db), userLogs, logsApart }
  const manifests = manifestFiles(t.testdir())
  const deps = { ...stores, manifests, relay, log: silent, projectedOffsets: async () => committed }
  const pass = (owner: string) => advanceRuns(owner, { ...deps, kafka: kafka as KafkaPort })
  const states = async () =>
    Object.entries(Object.groupBy(await runs.list({ limit: 1000 }), run => run.state))
  const waits = async () => {
    sent.length = 0
    for (const owner of ['one', 'two', 'one', 'two', 'one']) {
      t.strictSame(await pass(owner), { unfinished: zones.length, advanced: 0 })
    }
    t.strictSame(writes(), [])
    t.ok(sent.length <= 10, `${sent.length} commands that read`)
  }

  await completions.apply(zones.map(timeZone => project(completed('alice', DAY, { timeZone })) as Completion))
  const endedAt = new Date(`${DAY}T00:00:00Z`)
  await runs.create(zones.map(timeZone => ({ day: DAY, timeZone, endedAt })))
  await waits()
  await runs.recordPublished(endedAt, { 0: '7' })
  t.match(await states(), [['closing', { length: zones.length }]])
  await waits()

  committed.set(0, 7n)
  await pass('one')
  committed.set(0, 6n)
  await pass('two')
  t.match(await states(), [['writing', { length: zones.length }]])
  await waits()

  committed.set(0, 7n)
  await pass('one')
  t.match(await states(), [['done', { length: zones.length }]])
})
