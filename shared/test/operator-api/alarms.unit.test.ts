import { test } from 'tap'
import { type AlarmSource, failureAlarms } from '../../src/incidents/alarm.ts'
import { serveAlarms } from '../../src/operator-api/serve-alarms.ts'
import { asAlice, makeApp } from '../http/make-app.ts'
import { token } from '../support/index.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 12, minute))
const asOperator = async () => ({ authorization: `Bearer ${await token('operator', { admin: true })}` })

test('failures are one alarm for each error, since the first of them, with the newest as references', async t => {
  const failure = (minute: number, error: string) => ({
    about: 'runs',
    error,
    subject: `run of ${minute}`,
    id: `run@${minute}`,
    at: at(minute),
    link: 'Read the page',
  })
  const find = async () => [failure(1, 'timeout 17'), failure(2, 'no disk'), failure(3, 'timeout 4')]
  const { find: alarms } = failureAlarms({ find }, { kind: 'late', severity: 'critical', type: 'run' })
  const run = (id: string) => ({ type: 'run' as const, id })
  t.strictSame(await alarms(at(9)), [
    {
      ...{ severity: 'critical', since: at(1), count: 2, problem: 'timeout 4', remedy: 'Read the page' },
      references: [run('run@3'), run('run@1')],
    },
    {
      ...{ severity: 'critical', since: at(2), count: 1, problem: 'no disk', remedy: 'Read the page' },
      references: [run('run@2')],
    },
  ])
})

test('GET /alarms lists the critical ones first, the oldest of them first, and names what is not known', async t => {
  const app = await makeApp(t)
  const one = (severity: 'critical' | 'warning', since?: Date) => ({
    ...{ severity, count: 1, problem: 'p', remedy: 'r', references: [] },
    ...(since && { since }),
  })
  const away = Object.assign(new Error('disk full'), { code: 'ENOSPC' })
  const sources: AlarmSource[] = [
    { kind: 'a', find: async () => [one('warning', at(0)), one('critical')] },
    { kind: 'b', find: async () => [one('critical', at(5)), one('critical', at(3))] },
    { kind: 'c', find: () => Promise.reject(away) },
  ]
  serveAlarms(app, sources)
  const { statusCode, body } = await app.inject({ url: '/alarms', headers: await asOperator() })
  t.equal(statusCode, 200)
  const { alarms, unknown } = JSON.parse(body) as {
    alarms: { kind: string; since: string | null }[]
    unknown: unknown
  }
  t.strictSame(
    alarms.map(({ kind, since }) => `${kind} ${since?.slice(11, 16) ?? 'null'}`),
    ['b 12:03', 'b 12:05', 'a null', 'a 12:00'],
  )
  t.strictSame(unknown, [{ kind: 'c', why: 'disk full' }])
  t.equal((await app.inject({ url: '/alarms', headers: await asAlice() })).statusCode, 403)
})
