import { makeStack } from '@daybook/shared/testing'
import { test } from 'tap'
import { type Refusal, startScheduler } from '../support/scheduler.ts'

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
