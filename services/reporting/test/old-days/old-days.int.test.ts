import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { spawnProgram, token, until } from '@daybook/shared/testing'
import t from 'tap'
import { completed, makeBench, startReporting } from '../support/reporting.ts'

const [OLD, OLDER] = ['2026-03-02', '2026-02-20']
const program = fileURLToPath(import.meta.resolve('../../src/verify.ts'))

t.test('the files of old days are compressed, and removed in the end', async t => {
  const bench = await makeBench(t)
  const verify = async (day: string) => {
    const child = spawnProgram(t, program, { args: [day], env: bench.stack.env })
    return { output: await text(child.process.stdout), code: await child.gone }
  }
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
  t.match(await verify(OLD), { code: 0, output: /no difference/ })
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
  t.match(await verify(OLDER), { code: 0, output: /removed because of their age(.|\n)*no difference/ })
})
