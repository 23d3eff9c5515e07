import { randomUUID } from 'node:crypto'
import { openDeadLetters } from '@daybook/shared/dead-letters/dead-letter-store'
import { toMessage, topics } from '@daybook/shared/events'
import { client, LONG, received, token, until } from '@daybook/shared/testing'
import t from 'tap'
import { completed, makeBench, startReporting } from '../support/reporting.ts'

const DAY = '2026-05-01'
const LETTERS = 200
const filter = { topic: topics.tasks.name }

interface Replays {
  handled: number
  skipped: number
}

// replay.int.test.ts tests replays in each test run.
const skip = !LONG && 'npm run test:long runs it'

t.test('a process that is killed while it replays many letters loses none of them', { skip }, async t => {
  const { stack } = await makeBench(t)
  const park = openDeadLetters(stack.db)('reporting-projection')
  const names = Array.from({ length: LETTERS }, () => randomUUID())
  for (const [i, name] of names.entries()) {
    const message = toMessage(completed('alice', DAY, { name }), 'alice')
    await park(received(message, { offset: BigInt(i) }), new Error('bad'), 1)
  }
  const completions = stack.db.collection('completions')
  const letters = stack.db.collection('dead_letters')

  const first = await startReporting(t, stack)
  const replaying = first.operator('/dead-letters/replay', { body: { filter, limit: LETTERS } })
  const cutOff = t.rejects(replaying, 'the request has no answer')
  await until('some messages are handled', async () => (await completions.countDocuments()) >= 20)
  await first.end('SIGKILL')
  await cutOff
  const [handled, left] = [await completions.countDocuments(), await letters.countDocuments()]
  t.ok(left > 0 && handled + left >= LETTERS, `${handled} were handled, and ${left} letters are left`)

  const second = await startReporting(t, stack)
  const replay = async () =>
    (await second.operator<Replays>('/dead-letters/replay', { body: { filter, limit: LETTERS } })).body
  // The letter that the killed process had can be replayed once its claim has ended.
  await until('all letters are replayed', async () => {
    await replay()
    return (await letters.countDocuments()) === 0
  })
  const day = client(second.url, await token('alice'))
  const { body } = await day<{ completions: { name: string }[] }>(`/days/${DAY}`)
  t.strictSame(body.completions.map(({ name }) => name).toSorted(), names.toSorted())
})
