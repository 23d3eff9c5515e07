import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { client, makeStack, startService, token, until, watchTopic } from '@daybook/shared/testing'
import t from 'tap'

t.test('what is completed over REST is in the log file after the end of the day', async t => {
  const stack = await makeStack(t)
  const tasks = await startService(t, 'tasks', stack.env)
  const reporting = await startService(t, 'reporting', stack.env)
  const scheduler = await startService(t, 'scheduler', stack.env)
  const alice = client(tasks.url, await token('alice', { zone: 'Europe/Berlin' }))
  const { body: task } = await alice<{ id: string }>('/tasks', { body: { name: 'Water the plants 🌱' } })
  await alice('/tasks', { body: { name: 'not done' } })
  const done = await alice<{ updatedAt: string }>(`/tasks/${task.id}/complete`, { method: 'POST' })
  t.equal(done.status, 200)

  const admin = await token('op', { admin: true })
  const ended = await client(scheduler.url, admin)<{ day: string }>('/end-of-day', {
    body: { timeZone: 'Europe/Berlin' },
  })
  t.equal(ended.status, 202)
  const { day } = ended.body
  const operator = client(reporting.url, admin)
  const run = await until('the run is done', async () => {
    const { body } = await operator<{ state: string; written: number }>(
      `/runs/${encodeURIComponent(`${day}@Europe/Berlin`)}`,
    )
    return body.state === 'done' && body
  })
  t.match(run, { jobs: 1, written: 1, failed: 0 })
  const text = await readFile(join(stack.logDir, day, 'alice.log'), 'utf8')
  t.match(text, new RegExp(`${task.id}\tWater the plants 🌱\n$`))
  t.equal((await readdir(join(stack.logDir, day, 'alice'))).length, 1)
  const reports = await watchTopic(t, stack, 'daybook.reports')
  await until('DayReported is published', () => reports.length === 1)
  t.match(reports[0]?.value, { day, users: 1, completions: 1 })
})
