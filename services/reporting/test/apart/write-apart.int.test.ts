import type { DeadLetter } from '@daybook/shared/dead-letters/dead-letter-model'
import { openDeadLetters } from '@daybook/shared/dead-letters/dead-letter-store'
import { openLetterContents } from '@daybook/shared/dead-letters/letter-content-store'
import { toMessage } from '@daybook/shared/events'
import type { KafkaPort } from '@daybook/shared/kafka'
import { makeStack, received, silent, until } from '@daybook/shared/testing'
import t, { type Test } from 'tap'
import { startApartLoop } from '../../src/apart/apart-loop.ts'
import { reasonsApart, type StoredApart } from '../../src/apart/apart-model.ts'
import { openLogsApart } from '../../src/apart/apart-store.ts'
import { openRemoveLetters } from '../../src/apart/remove-letters.ts'
import type { LogFiles } from '../../src/logs/log-files.ts'
import { type LogRequest, logRequestTopic } from '../../src/logs/log-requests.ts'
import { logWriter, requestSources } from '../../src/logs/log-writer.ts'
import { openUserLogs } from '../../src/logs/user-log-store.ts'
import { type Completion, project } from '../../src/projection/completion.ts'
import { openCompletions } from '../../src/projection/completion-store.ts'
import { completed, endPauses } from '../support/reporting.ts'

const DAY = '2026-04-01'
const RUN = `${DAY}@UTC`
const OTHER = `${DAY}@Asia/Tokyo`

/** The stores and the writer of a process, which writes to a disk of the test. `writes` has the users of each write. */
async function makeWriter(t: Test) {
  const { db } = await makeStack(t)
  const [completions, userLogs, logsApart] = [
    await openCompletions(db),
    await openUserLogs(db),
    await openLogsApart(db),
  ]
  const writes: string[][] = []
  const disk = {
    failures: new Map<string, Error>(),
    held: new Map<string, Promise<void>>(),
    limits: [] as number[],
  }
  const files = {
    async write(days: { userId: string }[], limit: number) {
      writes.push(days.map(({ userId }) => userId))
      disk.limits.push(limit)
      for (const { userId } of days) await disk.held.get(userId)
      return days.map(({ userId }) => disk.failures.get(userId))
    },
  } as unknown as LogFiles
  const kafka = {
    endOffsets: async () => new Map([[0, 1000n]]),
  } as unknown as KafkaPort
  const amended: string[] = []
  const relay = {
    offer: (given: { document: string }[]) => void amended.push(...given.map(one => one.document)),
  }
  const parkFor = openDeadLetters(db)
  const stores = { completions, userLogs, files, kafka, projectedOffsets: async () => new Map() }
  const pace = { wait: async () => undefined, isWaiting: () => false }
  const removeLetters = await openRemoveLetters(db)
  const writing = {
    ...stores,
    pace,
    relay,
    removeLetters,
    taskFiles: false,
    logTimeLimit: 60_000,
    log: silent,
  }
  const [source] = requestSources
  const setApart = logsApart.add
  const { handle, park } = logWriter({ ...writing, setApart, park: parkFor(source.group) }, source)
  const reported = new Set<string>()
  const apart = { ...writing, logsApart, parkFor, reported: async () => reported, log: silent }
  const loops = () =>
    reasonsApart.map(why => {
      const loop = startApartLoop(why, apart, error => void t.fail(error.message))
      t.teardown(() => loop.stop())
      return loop
    })
  let offset = 0n
  const request = (userId: string, changes: Partial<LogRequest> = {}) => {
    const data = { userId, day: DAY, timeZone: 'UTC', late: false, ...changes }
    const event = { id: `${RUN}/${userId}`, type: 'WriteUserLog', source: '/', subject: RUN, data }
    const message = toMessage({ ...event, time: `${DAY}T12:00:00.000Z` }, userId)
    return { ...received(message, { offset: offset++, timestamp: 7 }), topic: logRequestTopic.name }
  }
  const complete = (userId: string, count: number) =>
    completions.apply(Array.from({ length: count }, () => project(completed(userId, DAY)) as Completion))
  const stored = db.collection<StoredApart>('logs_apart')
  const stateOf = async (userId: string) => (await userLogs.find(DAY, userId))?.state
  const start = (...messages: ReturnType<typeof request>[]) => handle(messages, async () => undefined)
  return {
    db,
    userLogs,
    logsApart,
    stored,
    writes,
    disk,
    amended,
    reported,
    loops,
    request,
    complete,
    stateOf,
    start,
    park,
  }
}

t.test('a large log does not hold up the logs of others, and its run waits for it', async t => {
  const { logsApart, writes, disk, loops, request, complete, stateOf, start } = await makeWriter(t)
  await complete('large', 2501)
  for (const user of ['alice', 'zoe']) await complete(user, 1)
  const held = Promise.withResolvers<void>()
  disk.held.set('large', held.promise)
  loops()
  await start(request('alice'), request('large'), request('zoe'))
  await start(request('alice', { timeZone: 'Asia/Tokyo' }))
  t.strictSame(await Promise.all(['alice', 'zoe'].map(stateOf)), ['written', 'written'])
  await until('the large log is being written', () => writes.some(users => users[0] === 'large'))
  t.strictSame(writes.flat().sort(), ['alice', 'alice', 'large', 'zoe'])
  t.strictSame([...(await logsApart.runs())], [RUN])
  t.equal(await stateOf('large'), undefined)

  held.resolve()
  await until('the run has no log left', async () => (await logsApart.runs()).size === 0)
  t.equal(await stateOf('large'), 'written')
  t.equal(Math.max(...disk.limits), 120_000, 'the time limit grows with the log')
  t.equal(await logsApart.count('large'), 0)
})

t.test(
  'a log that fails is tried again apart, and after 8 attempts its message is a dead letter',
  async t => {
    const { db, logsApart, disk, loops, request, complete, stateOf, start } = await makeWriter(t)
    for (const user of ['alice', 'bob']) await complete(user, 1)
    disk.failures.set('bob', new Error('EISDIR: bob'))
    const message = request('bob')
    await start(request('alice'), message)
    t.equal(await stateOf('alice'), 'written')
    t.match(await logsApart.retrying(`${DAY}/bob`), { attempts: 1, error: 'EISDIR: bob' })
    t.ok(((await logsApart.nextDue('failed')) ?? 0) > new Date(), 'the next attempt is later')
    t.strictSame(await logsApart.take('failed', 'early'), [])

    loops()
    const attempts: number[] = []
    await until('it is given up', async () => {
      attempts.push((await logsApart.retrying(`${DAY}/bob`))?.attempts ?? 0)
      await endPauses({ db })
      return (await logsApart.runs()).size === 0
    })
    t.ok(Math.max(...attempts) < 8)
    t.match(await db.collection('user_logs').findOne({ userId: 'bob' }), {
      state: 'failed',
      error: 'EISDIR: bob',
    })
    const letter = (await db.collection<DeadLetter>('dead_letters').findOne()) as DeadLetter
    const { group, topic, partition, offset, timestamp } = letter
    t.strictSame(
      { group, topic, partition, offset, timestamp, attempts: letter.attempts },
      {
        ...{ group: 'reporting-writer', topic: logRequestTopic.name, partition: 0 },
        ...{ offset: String(message.offset), timestamp: 7, attempts: 8 },
      },
    )
    const { key, headers, value } = message
    t.strictSame(await openLetterContents(db).read(letter), { key, headers: [...headers], value })
  },
)

t.test('the dead letters of a log are removed when it is written by another request', async t => {
  const { db, userLogs, disk, request, complete, stateOf, start, park } = await makeWriter(t)
  await complete('bob', 1)
  for (const day of [DAY, '2026-11-20']) {
    const message = request('bob', { day })
    await park(message, new Error('EISDIR'), 8)
    if (day === DAY) await park(request('bob', { day, timeZone: 'Asia/Tokyo' }), new Error('EISDIR'), 8)
  }
  await park(request('carol'), new Error('EISDIR'), 8)
  disk.failures.set('bob', new Error('EISDIR'))
  await start(request('bob', { again: true }))
  const letters = () => db.collection<DeadLetter>('dead_letters').countDocuments()
  t.equal(await letters(), 4, 'it still fails')
  disk.failures.clear()
  await start(request('bob', { again: true }))
  t.equal(await stateOf('bob'), 'written')
  t.equal(await letters(), 2, 'those of another day and of another user are left')
  t.strictSame(
    (await userLogs.newestFailed(9)).map(({ _id }) => _id),
    [`${DAY}/carol`, '2026-11-20/bob'],
  )
})

t.test('a log that fails for a while is written, and nothing is parked', async t => {
  const { db, disk, logsApart, loops, request, complete, stateOf, start } = await makeWriter(t)
  await complete('bob', 1)
  disk.failures.set('bob', new Error('ENOTDIR'))
  await start(request('bob'))
  loops()
  await endPauses({ db })
  await until(
    'an attempt apart fails',
    async () => ((await logsApart.retrying(`${DAY}/bob`))?.attempts ?? 0) > 1,
  )
  disk.failures.delete('bob')
  await until('it is written', async () => {
    await endPauses({ db })
    return (await stateOf('bob')) === 'written'
  })
  await until('nothing is left', async () => (await logsApart.count('failed')) === 0)
  t.equal(await db.collection('dead_letters').countDocuments(), 0)
})

t.test('requests', async t => {
  const { stored, logsApart, writes, amended, reported, loops, request, complete, start } =
    await makeWriter(t)

  t.test(
    'a message that comes again is stored once, and all requests for a log are done by one writing',
    async t => {
      await complete('large', 2500)
      const again = request('large')
      await start(again)
      await start(again, request('large', { late: true }), request('large', { timeZone: 'Asia/Tokyo' }))
      t.equal(await logsApart.count('large'), 3)
      t.strictSame([...(await logsApart.runs())].sort(), [OTHER, RUN])
      const held = await logsApart.take('large', 'dead')
      t.equal(held.length, 3)
      t.strictSame(await logsApart.take('large', 'other'), [], 'another process does not take it')
    },
  )

  t.test(
    'what a dead process held is done by another one, and amends a day that was reported without it',
    async t => {
      reported.add(RUN)
      await stored.updateMany({}, { $set: { dueAt: new Date(0) } })
      loops()
      await until('nothing is left', async () => (await logsApart.count('large')) === 0)
      t.strictSame(writes, [['large']])
      t.strictSame(amended, [`${DAY}/large`])
    },
  )
})

t.test('an outage sets nothing apart, and the replay of a dead letter does not', async t => {
  const { disk, request, complete, logsApart, stateOf, start } = await makeWriter(t)
  await complete('alice', 1)
  await complete('large', 2501)
  disk.failures.set('alice', Object.assign(new Error('the disk is full'), { code: 'ENOSPC' }))
  await t.rejects(start(request('alice')), { code: 'ENOSPC' })
  disk.failures.set('alice', new Error('EISDIR'))
  await t.rejects(start({ ...request('alice'), isReplay: true }), { message: 'EISDIR' })
  await start({ ...request('large'), isReplay: true })
  t.equal(await stateOf('large'), 'written')
  t.strictSame(await Promise.all([logsApart.count('failed'), logsApart.count('large')]), [0, 0])
})
