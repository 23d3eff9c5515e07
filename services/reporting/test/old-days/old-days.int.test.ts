import { token, until } from '@daybook/shared/testing'
import t from 'tap'
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
