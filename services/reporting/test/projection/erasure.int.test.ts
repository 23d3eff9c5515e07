import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { toMessage, topics, userErasedEvent } from '@daybook/shared/events'
import { LONG, until, watchTopic } from '@daybook/shared/testing'
import { mongo } from 'mongoose'
import t from 'tap'
import { startCommand } from '../support/commands.ts'
import { completed, erasedAfter, makeBench, startReporting } from '../support/reporting.ts'

const days = ['2026-06-01', '2026-06-02', '2026-06-03'] as const
const marker = 'zebra'
const texts = { name: `${marker} name`, notes: `${marker} notes`, tags: [`${marker} tag`] }
const at = (day: string) => ({ ...texts, completedAt: `${day}T12:00:00.000Z` })

const erasure = (userId: string) =>
  userErasedEvent(userId, {
    ...{ userId, tasks: 3 },
    requestedAt: '2026-06-05T00:00:00.000Z',
    erasedAt: '2026-06-05T00:00:01.000Z',
  })

const settings = [
  { LOG_GZIP_AFTER_DAYS: '1', TASK_FILES: 'true' },
  { LOG_GZIP_AFTER_DAYS: '0', TASK_FILES: 'false' },
]
for (const env of LONG ? settings : settings.slice(0, 1)) {
  t.test(`an erasure removes text and keeps counts, with ${JSON.stringify(env)}`, async t => {
    const bench = await makeBench(t)
    const { stack } = bench
    const reports = await watchTopic(t, stack, 'daybook.reports')
    // The task files of an earlier setting.
    const before = await startReporting(t, stack, { ...env, TASK_FILES: 'true' })
    const own = days.map(day => completed('alice', day, at(day)))
    const [first, second, third] = own as [(typeof own)[0], (typeof own)[0], (typeof own)[0]]
    const sameName = completed('alice', days[0], { ...at(days[0]), name: '(erased)' })
    const kept = completed('alice', days[0], { name: 'okapi' })
    await bench.publish(
      ...own,
      sameName,
      kept,
      ...days.map(day => completed('bob', day, { name: 'giraffe' })),
    )
    const unreadable = { ...toMessage(first, 'alice'), value: `{"name": "${marker}` }
    await bench.kafka.publish(topics.tasks.name, [unreadable])
    for (const day of days) {
      await bench.endDay(day)
      await before.runDone(day)
    }
    await until('the log is there', async () => (await before.dayOf('alice', days[0])).log.revision === 1)

    /** All files that contain a text, also compressed ones. */
    const filesWith = async (text: string) => {
      const entries = await readdir(stack.logDir, { recursive: true, withFileTypes: true })
      const files = entries.filter(one => one.isFile()).map(one => join(one.parentPath, one.name))
      const contents = await Promise.all(
        files.map(async path => {
          const bytes = await readFile(path)
          return { path, content: path.endsWith('.gz') ? gunzipSync(bytes) : bytes }
        }),
      )
      return contents.filter(({ path, content }) => path.includes(text) || content.includes(text))
    }
    const documentsWith = async (text: string) => {
      const found: string[] = []
      for (const { name } of await stack.db.listCollections())
        for (const one of await stack.db.collection(name).find().toArray())
          if (Buffer.from(mongo.BSON.serialize(one)).includes(text)) found.push(`${name} ${String(one._id)}`)
      return found
    }
    t.ok((await filesWith(marker)).length > 0)
    t.ok((await documentsWith(marker)).some(name => name.startsWith('dead_letters')))
    await before.end('SIGTERM')

    const reporting = await startReporting(t, stack, env)
    const counts = async () => (await reporting.dayOf('alice', days[0])).completions.length
    t.equal(await counts(), 3)
    const last = [first, second, third, sameName].map(erasedAfter)
    await bench.publish(...last, erasure('alice'))
    await until('no file has the text', async () => (await filesWith(marker)).length === 0)
    t.strictSame(await documentsWith(marker), [])
    t.equal(await counts(), 3)
    const { completions, log } = await reporting.dayOf('alice', days[0])
    t.strictSame(completions.map(({ name }) => name).sort(), ['(erased)', '(erased)', 'okapi'])
    const files = await filesWith('(erased)')
    t.ok(files.length > 0)
    await until('the days are amended', () => {
      const amended = reports.filter(({ headers, value }) => {
        return headers.ce_type === 'DayAmended' && value.userId === 'alice'
      })
      return new Set(amended.map(({ value }) => value.day)).size === days.length
    })
    t.equal(log.revision, 2)
    t.equal((await reporting.dayOf('bob', days[0])).log.revision, 1, 'nobody else is concerned')
    t.equal((await filesWith('giraffe')).length > 0, true)

    // An older event comes again, and so does the erasure.
    await bench.publish(
      first,
      completed('alice', days[2], { name: 'later', taskId: '019ac0de-0000-7000-8000-00000000000b' }),
    )
    await bench.publish(erasure('alice'))
    await until('the later task is in the log', async () => (await filesWith('later')).length > 0)
    t.strictSame([...(await filesWith(marker)), ...(await documentsWith(marker))], [])

    const withEnv = { ...stack, env: { ...stack.env, ...env } }
    const { code, lines } = await startCommand(t, withEnv, 'verify', days[0]).ended
    t.strictSame(
      [code, lines.at(-1)],
      [0, `${days[0]}: 4 completions of 2 users, no difference`],
      lines.join('\n'),
    )
    const rebuilt = await startCommand(t, withEnv, 'rebuild').ended
    t.match(rebuilt.lines.join('\n'), 'The live projection has no difference')
    t.strictSame(await documentsWith(marker), [])
  })
}
