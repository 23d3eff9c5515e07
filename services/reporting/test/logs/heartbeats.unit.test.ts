import { join } from 'node:path'
import { parseOrPark } from '@daybook/shared/dead-letters/parse-or-park'
import { eventReader } from '@daybook/shared/events'
import { received } from '@daybook/shared/testing'
import t from 'tap'
import { openLogFiles } from '../../src/logs/log-files.ts'
import { logRequestEvents, type WriteUserLog } from '../../src/logs/log-requests.ts'

t.test('there is a heartbeat after each message that is parked', async t => {
  const steps: string[] = []
  const unreadable = Array.from({ length: 3 }, () =>
    received({ key: 'k', value: '{', headers: { ce_type: 'WriteUserLog' } }),
  )
  const read = eventReader<WriteUserLog>(logRequestEvents)
  const step = (name: string) => async () => void steps.push(name)
  await parseOrPark(unreadable, read, step('parked'), step('heartbeat'))
  t.strictSame(steps, Array(3).fill(['parked', 'heartbeat']).flat())
})

t.test(
  "there are heartbeats while a user's many task files are written, and while they are removed",
  async t => {
    const files = await openLogFiles(join(t.testdir(), 'logs'))
    let heartbeats = 0
    const write = (count: number) => {
      heartbeats = 0
      const tasks = new Map(Array.from({ length: count }, (_, i) => [`${i}.log`, '']))
      return files.write('2026-11-22', 'alice', { log: 'one', tasks }, async () => {
        heartbeats += 1
      })
    }
    await write(100)
    t.ok(heartbeats >= 6, `${heartbeats} while 100 were written`)
    await write(1)
    t.ok(heartbeats >= 6, `${heartbeats} while 99 were removed`)
  },
)
