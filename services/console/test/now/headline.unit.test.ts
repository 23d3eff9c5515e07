import '../browser.ts'
import type { Gateway } from '@daybook/client'
import t from 'tap'
import type { ServiceAlarm } from '../../src/now/alarm-link.ts'
import type { GroupLag } from '../../src/now/lag.ts'
import type { PartNow } from '../../src/now/parts-now.ts'
import type { NowRead, ServiceNow } from '../../src/now/read-now.ts'

const { headlineOf } = await import('../../src/now/headline.ts')
const { alarmsOf, partsOf, versionsOf } = await import('../../src/now/parts-now.ts')
const { inOrder, referenceLink } = await import('../../src/now/alarm-link.ts')

const part = (name: PartNow['name'], facts: Partial<PartNow> = {}): PartNow => ({
  ...{ name, state: 'ok', since: undefined, troubles: {}, version: undefined },
  ...{ lags: undefined, service: undefined },
  ...facts,
})
const lag = (group: string, seconds: number): GroupLag => ({
  ...{ group, topic: 't', trouble: undefined, records: 1, seconds },
})
const alarm = (facts: Partial<ServiceAlarm> = {}): ServiceAlarm => ({
  ...{ service: 'reporting', kind: 'run-overdue', severity: 'critical', since: null, count: 1, more: false },
  ...{ problem: 'A run is late', remedy: 'r', references: [] },
  ...facts,
})
const well: Parameters<typeof headlineOf>[0] = {
  ...{ parts: [part('tasks'), part('kafka')], alarms: [], unknown: [] },
}

t.test('"All well" is said only when everything was seen', async t => {
  t.match(headlineOf(well), { tone: 'good', text: 'All well.' })
  t.match(headlineOf({ ...well, parts: [part('tasks', { state: 'unknown' })] }), {
    tone: 'idle',
    text: /Tasks/,
  })
  t.match(headlineOf({ ...well, unknown: ['reporting'] }), { tone: 'idle', text: /reporting/ })
})

t.test('the worst is said first', async t => {
  const warning = alarm({ severity: 'warning', problem: 'Letters.' })
  const late = part('reporting', { lags: [lag('a', 70), lag('b', 90)] })
  const unready = part('scheduler', { state: 'not ready', troubles: { kafka: 'away' } })
  const still = part('tasks', { lags: [{ ...lag('c', 0), trouble: 'waits' }] })
  const away = part('mongodb', { state: 'no answer' })
  const text = (seen: Partial<typeof well>) => headlineOf({ ...well, unknown: ['x'], ...seen }).text
  t.equal(text({ alarms: [warning] }), 'Letters.')
  t.equal(text({ alarms: [warning], parts: [late] }), 'The consumer group b is 90 s behind.')
  t.equal(text({ parts: [still, late] }), 'Tasks is not ready: c: waits.')
  t.equal(text({ parts: [unready, late] }), 'Scheduler is not ready: kafka: away.')
  t.equal(text({ alarms: [alarm(), warning], parts: [unready] }), 'A run is late. And 1 more alarm.')
  t.equal(text({ alarms: [alarm()], parts: [away, unready] }), 'MongoDB does not answer.')
  t.match(text({ parts: [part('gateway', { state: 'no answer' }), away] }), /cannot be reached/)
})

t.test('a part of which nothing was heard is not known, and never works', async t => {
  const nothing: ServiceNow = { alarms: {}, rates: {}, waiting: {} }
  const services = { tasks: nothing, reporting: nothing, scheduler: nothing }
  const states = (read: NowRead, away?: number) => partsOf(read, away).map(({ state }) => state)
  t.strictSame(states({ status: {}, services }), Array(6).fill('unknown'))
  t.strictSame(states({ status: {}, services }, 5)[0], 'no answer')
  const at = '2026-11-27T10:00:00.000Z'
  const tasks: Gateway.PartStatus = {
    name: 'tasks',
    state: 'no answer',
    since: at,
    answeredAt: null,
    troubles: {},
    consumers: [],
  }
  const [, ofTasks] = partsOf({ status: { data: { at, parts: [tasks] } }, services }, undefined)
  t.match(ofTasks, { state: 'no answer', since: at, lags: undefined })
  t.strictSame(alarmsOf({ status: {}, services }), {
    alarms: [],
    unknown: ['tasks', 'reporting', 'scheduler'],
  })
})

t.test('the versions that run are those of the services that answer', async t => {
  const run = (...parts: PartNow[]) => [...versionsOf(parts)]
  const [gateway, tasks] = [part('gateway', { version: '1.1' }), part('tasks', { version: '1.0' })]
  t.strictSame(run(gateway, part('mongodb', { version: '8' }), part('kafka')), ['1.1'])
  t.strictSame(run(gateway, tasks), ['1.1', '1.0'])
  t.strictSame(run(gateway, part('tasks', { state: 'no answer' }), part('reporting', { state: 'unknown' })), [
    '1.1',
  ])
  t.strictSame(run(gateway, part('tasks')), ['1.1', undefined], 'one that is too old to tell it')
})

t.test('the critical alarms come first, the oldest of them first', async t => {
  const found = inOrder([
    alarm({ problem: 'd', severity: 'warning', since: '2026-11-27T08:00:00.000Z' }),
    alarm({ problem: 'c' }),
    alarm({ problem: 'b', since: '2026-11-27T10:00:00.000Z' }),
    alarm({ problem: 'a', since: '2026-11-27T09:00:00.000Z' }),
  ])
  t.strictSame(
    found.map(({ problem }) => problem),
    ['a', 'b', 'c', 'd'],
  )
})

t.test('an alarm links to the page that mends it', async t => {
  const to = (type: string, id: string, facts: Partial<ServiceAlarm> = {}) =>
    referenceLink({ type, id } as ServiceAlarm['references'][number], alarm(facts)).to
  t.equal(to('run', '2026-11-21@Europe/Berlin'), '/runs/2026-11-21/Europe%2FBerlin')
  t.equal(to('kind', 'mail'), '/jobs?kind=mail&state=waiting')
  t.equal(to('group', 'reporting-clock'), '/dead-letters?service=reporting&group=reporting-clock')
  t.equal(to('outbox', 'events', { service: 'tasks' }), '/now/tasks')
  t.equal(to('log', '2026-11-21/alice'), '/runs?failed=true')
})
