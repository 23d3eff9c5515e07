import { test } from 'tap'
import { type WaitingSource, waitingLetters, waitingOutboxes } from '../../src/incidents/waiting-work.ts'
import { serveWaiting } from '../../src/operator-api/serve-waiting.ts'
import { asAlice, makeApp } from '../http/make-app.ts'
import { token } from '../support/index.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 12, minute))
const asOperator = async () => ({ authorization: `Bearer ${await token('operator', { admin: true })}` })

test('the outboxes of a service are one reason to wait, since the oldest event', async t => {
  const outbox = (count: number, minute: number) => ({
    waiting: async () => ({ count, more: count > 5, since: at(minute) }),
  })
  const { find } = waitingOutboxes([outbox(2, 7), { waiting: async () => undefined }, outbox(9, 3)])
  t.match(await find(), [{ kind: 'outbox', count: 11, more: true, since: at(3) }])
  const none = waitingOutboxes([{ waiting: async () => undefined }])
  t.match(await none.find(), [{ count: 0, more: false, since: undefined }])
})

test('the dead letters of all groups of a service are counted', async t => {
  const topics = new Map([['reporting-clock', 'daybook.clock']])
  const list = {
    count: async ({ groups }: { groups: unknown }) => ({ count: groups === topics ? 4 : 0, more: false }),
    page: async () => ({ letters: [{ _id: 'a', parkedAt: at(2) }], after: undefined }),
  }
  t.match(await waitingLetters({ topics, list: list as never }).find(), [
    { kind: 'dead-letters', count: 4, since: at(2) },
  ])
})

test('GET /waiting shows operators each reason, and names what is not known', async t => {
  const app = await makeApp(t)
  const away = Object.assign(new Error('disk full'), { code: 'ENOSPC' })
  const sources: WaitingSource[] = [
    { name: 'a', find: async () => [{ kind: 'later', what: 'w', count: 0 }] },
    { name: 'b', find: () => Promise.reject(away) },
    { name: 'c', find: async () => [{ kind: 'due', what: 'w', count: 3, more: true, since: at(1) }] },
  ]
  serveWaiting(app, sources)
  const { statusCode, body } = await app.inject({ url: '/waiting', headers: await asOperator() })
  t.equal(statusCode, 200)
  const { work, unknown } = JSON.parse(body) as { work: unknown; unknown: unknown }
  t.strictSame(work, [
    { kind: 'later', what: 'w', count: 0, more: false, since: null },
    { kind: 'due', what: 'w', count: 3, more: true, since: at(1).toISOString() },
  ])
  t.strictSame(unknown, [{ name: 'b', why: 'disk full' }])
  t.equal((await app.inject({ url: '/waiting', headers: await asAlice() })).statusCode, 403)
})
