import { LONG, until } from '@daybook/shared/testing'
import t from 'tap'
import { startJobSystem } from './support/job-system.ts'
import { startTypeScriptWorker } from './support/workers.ts'

const JOBS = Number(process.env.JOBS ?? (LONG ? 20_000 : 1000))
const TAKES_MS = 50
// So many jobs of a key run one after the other in a second, at most.
const IN_A_SECOND = 1000 / TAKES_MS
t.setTimeout(LONG ? 600_000 : 140_000)

const kind = 'send-invoice'

t.test(`${JOBS} jobs of one key delay the jobs of other keys by less than a second`, async t => {
  const system = await startJobSystem(t, startTypeScriptWorker)
  const { api, lines } = system
  await system.rules({ perKey: 1 })
  system.worker('mail', 4)
  const job = { kind, key: 'noisy', data: { invoice: 1, takes: TAKES_MS } }
  for (let added = 0; added < JOBS; added += 500) {
    const { status } = await api('/jobs/batch', { body: { jobs: Array.from({ length: 500 }, () => job) } })
    t.equal(status, 202)
  }
  const starts = async () => (await lines('starts')).map(({ id }) => id)
  await until('jobs of the key run', async () => (await starts()).length > 2)
  for (let i = 0; i < 10; i += 1) {
    const before = (await starts()).length
    const { body } = await api<{ id: string; state: string }>('/jobs', {
      body: { kind, key: `other-${i}`, data: { invoice: i } },
      headers: { prefer: 'wait=60' },
    })
    t.equal(body.state, 'succeeded')
    const meanwhile = (await starts()).indexOf(body.id) - before
    t.ok(meanwhile < IN_A_SECOND, `${meanwhile} jobs of the noisy key have started in between`)
  }
  const waiting = await api<{ matching: number }>('/jobs/cancel', {
    body: { filter: { key: 'noisy', state: 'waiting' }, dryRun: true },
  })
  t.ok(waiting.body.matching > JOBS / 2, 'most jobs of the noisy key still wait')
})
