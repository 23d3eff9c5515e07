import { makeStack, until } from '@daybook/shared/testing'
import { test } from 'tap'
import { type Refusal, type ScheduleView, startScheduler } from '../support/scheduler.ts'

test('the data of the job of a schedule are checked by the schema of its kind', async t => {
  const { operator, put } = await startScheduler(t, await makeStack(t))
  const schema = { type: 'object', properties: { team: { type: 'string' } }, required: ['team'] }
  t.equal((await operator('/kinds/report', { method: 'PUT', body: { schema } })).status, 201)
  const answer = (job: object) => put<Refusal>('weekly', { every: 'PT1H', job })
  t.match(await answer({ kind: 'report', data: { team: 1 } }), {
    status: 400,
    body: { errors: [{ pointer: '/job/data/team' }] },
  })
  t.match(await answer({ kind: 'report' }), { status: 400, body: { errors: [{ pointer: '/job/data' }] } })
  t.equal((await answer({ kind: 'report', data: { team: 'blue' } })).status, 201)
  t.equal((await answer({ kind: 'not-defined', data: 1 })).status, 200)
})

test('a schedule has the state of the job that its last slot has added', async t => {
  const { operator, put } = await startScheduler(t, await makeStack(t))
  const at = new Date(Date.now() - 1000).toISOString()
  await put('once', { at, job: { kind: 'report' } })
  await put('hourly', { every: 'PT1H', job: { kind: 'report' } })
  await put('event', { at })
  const list = async () =>
    (await operator<{ schedules: ScheduleView[] }>('/schedules?kind=user')).body.schedules
  const lastJobs = await until('the job is added', async () => {
    const found = (await list()).map(({ name, lastJob }) => [name, lastJob?.state])
    return found.some(([, state]) => state !== undefined) && found
  })
  t.strictSame(lastJobs, [
    ['event', undefined],
    ['hourly', undefined],
    ['once', 'waiting'],
  ])
  t.match((await operator<ScheduleView>('/schedules/once')).body, {
    lastJob: { id: `firing:once:${at}`, state: 'waiting' },
  })
})
