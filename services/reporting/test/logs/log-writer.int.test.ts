import { createHash } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import type { DeadLetter } from '@daybook/shared/dead-letters/dead-letter-model'
import { openLetterContents } from '@daybook/shared/dead-letters/letter-content-store'
import { toMessage, topics } from '@daybook/shared/events'
import { transactionsOn, until, watchTopic } from '@daybook/shared/testing'
import t from 'tap'
import { completed, endPauses, makeBench, startReporting } from '../support/reporting.ts'

t.test('user logs', async t => {
  const bench = await makeBench(t)
  const { publish, endDay } = bench
  const reporting = await startReporting(t, bench.stack)
  const reports = await watchTopic(t, bench.stack, 'daybook.reports')

  t.test('the reported sha256 is the hash of the file', async t => {
    const day = '2026-04-01'
    await publish(completed('alice', day, { name: 'nasty\nname \u202e 🌱' }))
    await endDay(day)
    await reporting.runDone(day)
    const text = await bench.read(day, 'alice.log')
    const { log } = await reporting.dayOf('alice', day)
    t.match(log, {
      state: 'written',
      revision: 1,
      sha256: createHash('sha256')
        .update(text ?? '')
        .digest('hex'),
    })
  })

  t.test('a log request that comes again changes nothing', async t => {
    const day = '2026-04-02'
    await publish(completed('alice', day))
    await endDay(day)
    await reporting.runDone(day)
    const before = await reporting.dayOf('alice', day)
    const request = { userId: 'alice', day, timeZone: 'UTC', late: false }
    await bench.sendLogRequests(
      request,
      { ...request, late: true },
      { ...request, userId: 'alice', day: '2026-04-03' },
    )
    await publish(completed('alice', '2026-04-03'))
    await bench.sendLogRequests({ ...request, day: '2026-04-03' })
    await until(
      'the log request after it is done',
      async () => (await reporting.dayOf('alice', '2026-04-03')).log.revision === 1,
    )
    t.strictSame(await reporting.dayOf('alice', day), before)
  })

  t.test(
    'a log that answers many waiting requests at once has the late completions of all of them',
    async t => {
      const day = '2026-04-07'
      await publish(completed('alice', day))
      await endDay(day)
      await reporting.runDone(day)
      // Requests that wait in the topic when a log is written are answered by it.
      const request = { userId: 'alice', day, timeZone: 'UTC', late: true }
      const late = Array.from({ length: 50 }, (_, i) => completed('alice', day, { name: `late ${i}` }))
      for (const event of late) {
        await publish(event)
        await bench.sendLogRequests(...Array.from({ length: 10 }, () => request))
      }
      await until(
        'all completions are in the log',
        async () => (await bench.read(day, 'alice.log'))?.split('\n').length === 52,
      )
      const text = (await bench.read(day, 'alice.log')) ?? ''
      const sha256 = createHash('sha256').update(text).digest('hex')
      // A log is recorded after its file is written.
      const recorded = await until(
        'the log is recorded',
        async () => (await reporting.dayOf('alice', day)).log.sha256 === sha256,
      )
      t.ok(recorded)
    },
  )

  t.test('late completions that arrive together write each log once', async t => {
    const day = '2026-04-08'
    const users = ['alice', 'bob', 'carol', 'dave']
    await publish(...users.map(user => completed(user, day)))
    await endDay(day)
    await reporting.runDone(day)
    const transact = await transactionsOn(t, bench.stack, topics.tasks.name)
    // More than the projector handles at once, so that it sends many requests for each log.
    const late = Array.from({ length: 4000 }, (_, i) => completed(users[i % users.length] ?? '', day))
    await transact(async (send, { commit }) => {
      await send(...late.map(event => toMessage(event, event.data.userId)))
      await commit()
    })
    const amended = await until('all logs are amended', () => {
      const found = reports.filter(
        ({ value, headers }) => value.day === day && headers.ce_type === 'DayAmended',
      )
      return found.length >= users.length && found
    })
    t.strictSame(
      amended.map(({ value }) => [value.userId, value.revision, value.completions]).sort(),
      users.map(user => [user, 2, 1001]),
    )
  })

  t.test('a late log is written with all completions that its request asks for', async t => {
    const day = '2026-04-09'
    await publish(completed('alice', day))
    await endDay(day)
    await reporting.runDone(day)
    const end = (await bench.kafka.endOffsets(topics.tasks.name)).get(0) ?? 0n
    const request = { userId: 'alice', day, timeZone: 'UTC', late: true }
    await bench.sendLogRequests({ ...request, through: { 0: String(end + 2n) } })
    for (const projected of [2, 3]) {
      const event = completed('alice', day)
      await bench.kafka.publish(topics.tasks.name, [{ ...toMessage(event, 'alice'), partition: 0 }])
      await until(
        'the completion is projected',
        async () => (await reporting.dayOf('alice', day)).completions.length === projected,
      )
    }
    const amended = await until('the log is amended', () =>
      reports.find(({ value, headers }) => value.day === day && headers.ce_type === 'DayAmended'),
    )
    t.match(amended.value, { userId: 'alice', revision: 2, completions: 3 })
  })

  t.test('a log request for a day without completions removes the files of a killed writer', async t => {
    const day = '2026-04-04'
    await mkdir(bench.path(day, 'gone'), { recursive: true })
    await writeFile(bench.path(day, 'gone', '1_task_2.log'), 'taken back since')
    await writeFile(bench.path(day, 'gone.log'), 'taken back since')
    await bench.sendLogRequests({ userId: 'gone', day, timeZone: 'UTC', late: true })
    await until('the files of the day are removed', async () => (await bench.list(day)).length === 0)
    t.match(await reporting.dayOf('gone', day), { completions: [], log: { state: 'empty' } })
  })

  t.test(
    'the request of a log that cannot be written is parked, the run is done without it, and the log can be written later',
    async t => {
      const day = '2026-04-05'
      // A rename cannot replace a folder, so writing bob's log fails.
      await mkdir(bench.path(day, 'bob.log', 'in the way'), { recursive: true })
      await publish(completed('bob', day), completed('alice', day), completed('carol', day))
      await endDay(day)
      const retried = await until('bob is tried again, and the others are written', async () => {
        const [run, { log }] = [await reporting.run(`${day}@UTC`), await reporting.dayOf('bob', day)]
        return run.body.written === 2 && log.retrying && { run: run.body.state, log }
      })
      t.match(retried, { run: 'writing', log: { state: 'writing', retrying: { error: /EISDIR/ } } })
      const { body: metrics } = await reporting.operator<string>('/metrics')
      t.match(metrics, /^daybook_logs_apart{why="failed"} 1$/m)
      await until('it is given up', async () => {
        await endPauses(bench.stack)
        return (await reporting.dayOf('bob', day)).log.state === 'failed'
      })
      t.match(await reporting.runDone(day), { jobs: 3, written: 2, failed: 1 })
      t.match(await reporting.dayOf('bob', day), {
        completions: [{ name: 'Water the plants' }],
        log: { state: 'failed', revision: 0, sha256: null, error: /EISDIR/ },
      })
      t.match(await reporting.operator(`/days/${day}/log?user=bob`), {
        status: 404,
        body: { type: 'urn:daybook:error:DAYBOOK_LOG_NOT_WRITTEN' },
      })
      t.match(await reporting.dayOf('alice', day), { log: { state: 'written' } })
      t.match(await bench.read(day, 'carol.log'), /Water the plants\n$/)
      t.strictSame(await bench.list('.tmp'), [], 'no temporary file is left')

      const letters = bench.stack.db.collection<DeadLetter>('dead_letters')
      const letter = (await letters.findOne({ topic: 'daybook.reporting.jobs' })) as DeadLetter
      t.match(letter, { group: 'reporting-writer', attempts: 8, error: { message: /EISDIR/ } })
      const { key, headers } = await openLetterContents(bench.stack.db).read(letter)
      t.equal(String(key), 'bob')
      const texts = Object.fromEntries(headers.map(([name, value]) => [String(name), String(value)]))
      t.match(texts, { ce_type: 'WriteUserLog', ce_id: `${day}@UTC/bob` })
      const report = await until('the day is reported', () => reports.find(({ value }) => value.day === day))
      t.match(report.value, { users: 3, completions: 3, failures: 1 })

      await rm(bench.path(day, 'bob.log'), { recursive: true })
      await publish(completed('bob', day, { name: 'later' }))
      await until(
        'the log is written',
        async () => (await reporting.dayOf('bob', day)).log.state === 'written',
      )
      t.match(await bench.read(day, 'bob.log'), /(.*\n){2}/)
      t.match(await reporting.run(`${day}@UTC`), { body: { written: 3, failed: 0 } })
    },
  )

  t.test('users whose names are paths, or look alike, have different logs', async t => {
    const day = '2026-04-06'
    const users = ['../../etc/passwd', '..', '.tmp', 'Alice', 'alice', 'alice.log', 'café', 'cafe\u0301']
    await publish(...users.map(user => completed(user, day, { name: `of ${user}` })))
    await endDay(day)
    await reporting.runDone(day)
    t.equal((await bench.list(day)).length, 2 * users.length)
    for (const user of users) {
      const asked = `/days/${day}/log?user=${encodeURIComponent(user)}`
      const { body } = await reporting.operator<string>(asked)
      t.ok(body.endsWith(`\tof ${user}\n`), user)
    }
    t.strictSame(
      (await bench.list()).filter(name => !/^\d{4}-\d\d-\d\d$/.test(name)),
      ['.manifests', '.tmp'],
    )
  })
})
