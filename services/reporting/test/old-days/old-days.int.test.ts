import { mkdir, rename, writeFile } from 'node:fs/promises'
import { token, until } from '@daybook/shared/testing'
import t from 'tap'
import { safeName } from '../../src/logs/file-names.ts'
import { startCommand } from '../support/commands.ts'
import { completed, makeBench, startReporting } from '../support/reporting.ts'

const [OLD, OLDER] = ['2026-03-02', '2026-02-20']

t.test('the files of old days are compressed, and removed in the end', async t => {
  const bench = await makeBench(t)
  const verify = (day: string) => startCommand(t, bench.stack, 'verify', day).ended
  const answers = async (reporting: { url: string }, day: string, format = 'text') => {
    const headers = { authorization: `Bearer ${await token('alice')}` }
    const answer = await fetch(`${reporting.url}/days/${day}/log?format=${format}`, { headers })
    return { status: answer.status, body: await answer.text() }
  }
  const first = await startReporting(t, bench.stack)
  for (const day of [OLDER, OLD]) {
    await bench.publish(completed('alice', day, { name: `on ${day}` }))
    await bench.endDay(day)
    await first.runDone(day)
  }
  await first.end('SIGTERM')

  const second = await startReporting(t, bench.stack, { LOG_GZIP_AFTER_DAYS: '30' })
  await until('both days are compressed', async () => {
    const names = await Promise.all([OLDER, OLD].map(day => bench.list(day)))
    return names.every(found => found.join() === 'alice,alice.log.gz')
  })
  t.match(await answers(second, OLD), { status: 200, body: `on ${OLD}` })
  await bench.publish(completed('alice', OLD, { name: 'late' }))
  await until('the log is amended', async () => (await second.dayOf('alice', OLD)).log.state === 'amended')
  t.strictSame(await bench.list(OLD), ['alice', 'alice.log.gz'])
  t.equal((await bench.list(OLD, 'alice')).length, 2)
  t.match(await answers(second, OLD), { status: 200, body: 'late' })
  const compressed = await verify(OLD)
  t.equal(compressed.code, 0)
  t.match(compressed.lines.join('\n'), /no difference/)
  await second.end('SIGTERM')

  // Between the ages of the two days, also after midnight.
  const age = Math.floor((Date.now() - Date.parse(OLD)) / 86_400_000) + 3
  const third = await startReporting(t, bench.stack, { LOG_RETENTION_DAYS: String(age) })
  await until('the older day is removed', async () => (await bench.list(OLDER)).length === 0)
  t.equal((await answers(third, OLD)).status, 200)
  const gone = await answers(third, OLDER)
  t.equal(gone.status, 410)
  t.match(gone.body, /DAYBOOK_LOG_REMOVED/)
  t.match(await answers(third, OLDER, 'ndjson'), { status: 200, body: `on ${OLDER}` })
  t.match((await third.dayOf('alice', OLDER)).log, { state: 'removed', revision: 1 })

  await bench.publish(completed('alice', OLDER, { name: 'very late' }))
  await until('the record is amended', async () => (await third.dayOf('alice', OLDER)).log.revision === 2)
  t.strictSame(await bench.list(OLDER), [], 'the day has no files')
  const removed = await verify(OLDER)
  t.equal(removed.code, 0)
  t.match(removed.lines.join('\n'), /removed because of their age(.|\n)*no difference/)
})

t.test(
  'files that an earlier version wrote for a user whose id ends in .log.gz get their current names',
  async t => {
    const bench = await makeBench(t)
    const { path, list, read } = bench
    const user = 'alice.log.gz'
    const now = safeName(user)
    const [day, later] = ['2026-03-02', new Date().toISOString().slice(0, 10)]
    /** Renames the files of the user to what earlier versions called them. */
    const asBefore = async (one: string) => {
      await rename(path(one, `${now}.log`), path(one, `${user}.log`))
      await rename(path(one, now), path(one, user))
    }
    const first = await startReporting(t, bench.stack)
    for (const one of [day, later]) {
      await bench.publish(completed(user, one), completed('bob', one))
      await bench.endDay(one)
      await first.runDone(one)
    }
    await first.end('SIGTERM')
    const ages = bench.stack.db.collection('log_ages')
    t.match(await ages.findOne(), { renamedOn: /^\d{4}-/ })
    const text = await read(day, `${now}.log`)
    const renamed = ['bob', 'bob.log', now, `${now}.log`].sort()

    await ages.deleteMany()
    await asBefore(day)
    t.strictSame(await list(day), ['alice.log.gz', 'alice.log.gz.log', 'bob', 'bob.log'])
    const second = await startReporting(t, bench.stack)
    await until('the files have their names', async () => (await list(day)).join() === renamed.join())
    t.equal(await read(day, `${now}.log`), text)
    t.equal((await list(day, now)).length, 1)
    await second.end('SIGTERM')

    await asBefore(later)
    // What a writer of this version has written since stays.
    await writeFile(path(later, `${now}.log`), 'newer')
    await mkdir(path(later, now))
    await writeFile(path(later, now, '1.log'), 'newer')
    await startReporting(t, bench.stack)
    await until(
      'the files of a recent day have their names',
      async () => (await list(later)).join() === renamed.join(),
    )
    t.equal(await read(later, `${now}.log`), 'newer')
    t.strictSame(await list(later, now), ['1.log'])
  },
)
