import '../browser.ts'
import { until } from '@daybook/shared/testing'
import t from 'tap'
import { unready } from '../../src/api/parts.ts'
import type { Message } from '../../src/live/message.ts'
import { hearParts, watchStatus } from '../../src/live/watch-status.ts'
import { answerWith, page } from '../browser.ts'

/** A request as a page makes it: its address is that of the page and a path. */
class PageRequest extends Request {
  constructor(input: string | URL | Request, init?: RequestInit) {
    super(input instanceof Request ? input : new URL(input, page), init)
  }
}

const since = '2026-11-27T08:00:00.000Z'
const part = (name: string, state: string) => ({ name, state, since, answeredAt: since })

t.test('all tabs are told which part is not ready, and since when', async t => {
  const parts = [part('gateway', 'not ready'), part('tasks', 'ok'), part('scheduler', 'not ready')]
  answerWith(() => Response.json({ parts }))
  t.intercept(globalThis, 'Request', { value: PageRequest })
  const told: Message[] = []
  const stop = new AbortController()
  const tell = (message: Message) => told.push(message)
  const watching = watchStatus({ token: '', tell, signal: stop.signal })
  await until('they are told', () => told.length > 0)
  stop.abort()
  await watching
  const found = { away: [], unready: [['scheduler', Date.parse(since)]] as const }
  t.strictSame(told, [{ type: 'parts', ...found }])
  unready.value = new Map()
  hearParts(found)
  t.strictSame([...unready.value], found.unready)
  hearParts({ away: [], unready: [] })
  t.equal(unready.value.size, 0)
})
