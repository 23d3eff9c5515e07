import { version } from '@daybook/shared/process/version'
import { client, stopTime, token, until } from '@daybook/shared/testing'
import { test } from 'tap'
import { looksAt } from '../../src/status/looks.ts'
import { type PartName, type PartState, partNames } from '../../src/status/parts.ts'
import { watchParts } from '../../src/status/watch-parts.ts'
import { NOWHERE, startFake, startGateway } from '../support/gateway.ts'

const never = new Promise<never>(() => undefined)
const fail = (error: Error) => {
  throw error
}

const unready = { troubles: { mongodb: 'away' }, version: '0.0.9', consumers: [] }

test('the status is answered while a part hangs, and says which parts answer', async t => {
  const ready = await startFake(t, (_request, response) =>
    response.writeHead(503).end(JSON.stringify({ status: 'not ready', ...unready })),
  )
  const hanging = await startFake(t, () => undefined)
  const addresses = { tasks: ready, reporting: hanging, scheduler: NOWHERE }
  const servers = {
    askMongo: () => never,
    pingKafka: async () => true,
    eventsTrouble: () => 'not in its consumer group',
  }
  const parts = watchParts(looksAt(addresses, servers), fail)
  t.teardown(() => parts.stop())
  const { url } = await startGateway(t, {}, { parts })
  const ask = client(url, await token('op', { admin: true }))
  const status = async () => {
    const { body } = await ask<{ parts: PartState[] }>('/status')
    return Object.fromEntries(body.parts.map(({ name, ...rest }) => [name, rest]))
  }
  t.strictSame(Object.keys(await status()), partNames)
  const seen = await until('all parts were looked at', async () => {
    const found = await status()
    return Object.values(found).every(({ state }) => state !== 'unknown') && found
  })
  t.match(seen, {
    gateway: { state: 'not ready', troubles: { events: 'not in its consumer group' }, version },
    tasks: { ...unready, state: 'not ready', answeredAt: String },
    reporting: { state: 'no answer', answeredAt: null },
    scheduler: { state: 'no answer', troubles: {} },
    kafka: { state: 'ok' },
    mongodb: { state: 'no answer' },
  })
  const { body } = await client(url, await token('alice'))<{ parts: PartState[] }>('/status')
  t.match(body.parts[1], { name: 'tasks', state: 'not ready', troubles: { mongodb: 'not ready' } })
  t.notMatch(JSON.stringify(body), /away|consumer|version/)
  t.equal((await client(url, '')('/status')).status, 401)
})

test('the instant of a state stays until the state changes', async t => {
  let answers = true
  const look = async () => {
    if (!answers) throw new Error('away')
    return { state: 'ok' as const, troubles: {} }
  }
  const looks = Object.fromEntries(partNames.map(name => [name, look])) as Record<PartName, typeof look>
  const time = stopTime(t)
  const parts = watchParts(looks, fail)
  t.teardown(() => parts.stop())
  const tasks = () => parts.states().find(({ name }) => name === 'tasks')
  await time.pass(0)
  const first = tasks()
  await time.pass(5000)
  const second = tasks()
  answers = false
  await time.pass(5000)
  const third = tasks()
  t.match([first, second, third], [{ state: 'ok' }, { state: 'ok' }, { state: 'no answer' }])
  t.equal(second?.since, first?.since)
  t.not(second?.answeredAt, first?.answeredAt)
  t.equal(third?.answeredAt, second?.answeredAt)
  t.not(third?.since, second?.since)
})
