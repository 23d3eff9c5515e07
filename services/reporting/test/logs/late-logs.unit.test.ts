import { toMessage } from '@daybook/shared/events'
import type { KafkaPort } from '@daybook/shared/kafka'
import { received, silent, stopTime } from '@daybook/shared/testing'
import t, { type Test } from 'tap'
import type { LogFiles } from '../../src/logs/log-files.ts'
import type { LogRequest } from '../../src/logs/log-requests.ts'
import { logWriter, requestSources } from '../../src/logs/log-writer.ts'
import type { UserLogs } from '../../src/logs/user-log-store.ts'
import type { Completions } from '../../src/projection/completion-store.ts'

const day = { day: '2026-04-01', timeZone: 'UTC' }
const completion = {
  ...day,
  taskId: '1',
  name: 'Water the plants',
  completedAt: `${day.day}T12:00:00.000Z`,
}

/** A writer of which the test sets what the projection has passed. `written` has the users of each batch. */
function makeWriter(t: Test, source: Parameters<typeof logWriter>[1] = requestSources[1]) {
  const time = stopTime(t)
  const written: string[][] = []
  const sent: LogRequest[] = []
  const state = { passed: 10n, end: 100n }
  const completions = {
    async *ofUserDays(days: { userId: string }[]) {
      for (const { userId } of days) yield [{ ...completion, userId }]
    },
    nonEmpty: async (days: unknown[]) => days,
  } as unknown as Completions
  const files = {
    async write(days: { userId: string }[]) {
      written.push(days.map(({ userId }) => userId))
      return days.map(() => undefined)
    },
  } as unknown as LogFiles
  const userLogs = { findAll: async () => new Map(), recordWritten: async () => [] } as unknown as UserLogs
  const kafka = {
    endOffsets: async () => new Map([[0, state.end]]),
    publish: async (_topic: string, messages: { value: Uint8Array }[]) =>
      void sent.push(...messages.map(({ value }) => JSON.parse(String(value)))),
  } as unknown as KafkaPort
  const park = async () => void t.fail('nothing is to be parked')
  const relay = { offer: () => undefined }
  const setApart = async () => void t.fail('nothing is to be set apart')
  const projectedOffsets = async () => new Map([[0, state.passed]])
  const stores = { projectedOffsets, completions, files, userLogs, kafka }
  const pace = { wait: async () => undefined, isWaiting: () => false }
  const removeLetters = async () => void t.fail('nothing has failed')
  const deps = {
    ...stores,
    pace,
    park,
    removeLetters,
    setApart,
    relay,
    taskFiles: false,
    logTimeLimit: 60_000,
    log: silent,
  }
  const { handle } = logWriter(deps, source)
  const receive = (offset: bigint, userId: string, request: Partial<LogRequest> = {}) => {
    const data = { ...day, userId, late: true, ...request }
    const event = { id: `${day.day}@UTC/${userId}`, type: 'WriteUserLog', source: '/', subject: 'run', data }
    return received(toMessage({ ...event, time: completion.completedAt }, userId), { offset })
  }
  const start = (...messages: ReturnType<typeof receive>[]) => handle(messages, async () => undefined)
  return { time, written, sent, state, receive, start }
}

t.test('a log is written once the projection has what its request asks for', async t => {
  const { time, written, sent, state, receive, start } = makeWriter(t)
  const handled = start(receive(1n, 'alice', { through: { 0: '20' } }), receive(2n, 'bob'))
  await time.pass(1000)
  t.strictSame(written, [])
  state.passed = 20n
  await time.skipUntil(handled)
  t.strictSame(written, [['alice', 'bob']])
  t.strictSame(sent, [])
})

t.test('after 30 seconds a log is written with what there is, and requested again', async t => {
  const { time, written, sent, receive, start } = makeWriter(t)
  const through = { 0: '20' }
  await time.skipUntil(start(receive(1n, 'alice', { through }), receive(2n, 'bob', { through: { 0: '10' } })))
  t.strictSame(written, [['alice', 'bob']])
  t.strictSame(sent, [{ ...day, userId: 'alice', late: true, through }])
})

t.test('requests that were sent before a log was written are answered by it', async t => {
  const { time, written, state, receive, start } = makeWriter(t)
  await start(receive(1n, 'alice', { through: { 0: '10' } }))
  await start(receive(99n, 'alice', { through: { 0: '9' } }), receive(99n, 'alice'))
  t.equal(written.length, 1)
  await start(receive(100n, 'alice'))
  t.equal(written.length, 2, 'it was sent later')

  state.end = 200n
  state.passed = 15n
  const asksForMore = start(receive(98n, 'alice', { through: { 0: '20' } }))
  await time.pass(1000)
  state.passed = 20n
  await time.skipUntil(asksForMore)
  t.equal(written.length, 3, 'it asks for more than was projected')
})

t.test('a late request of an earlier version, which comes among those of runs, is handled', async t => {
  const { written, receive, start } = makeWriter(t, requestSources[0])
  await start(receive(1n, 'alice'), receive(2n, 'bob', { late: false }))
  t.strictSame(written, [['alice', 'bob']])
})
