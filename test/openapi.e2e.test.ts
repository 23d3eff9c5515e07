import { LONG, startService } from '@daybook/shared/testing'
import t from 'tap'
import { installSchemathesis } from './openapi/install.ts'
import { compare } from './support/schemathesis.ts'
import { startSystem } from './support/system.ts'

const LEAST_CASES = 5000
// The phase `coverage` takes minutes: it searches texts of a certain length in many formats.
const QUICK = { examples: 2, phases: ['examples', 'fuzzing', 'stateful'] }
t.setTimeout(LONG ? 3_600_000 : 280_000)

// Behind the gateway are the services, which are compared by themselves.
const NOWHERE = 'http://127.0.0.1:9'
const withoutServices = { TASKS_URL: NOWHERE, REPORTING_URL: NOWHERE, SCHEDULER_URL: NOWHERE }

const seed = Number(process.env.SEED ?? 1)
const st = await installSchemathesis().catch(error => error as Error)
const skip = st instanceof Error && `schemathesis cannot be installed here: ${st.message}`

t.test('the services behave as their OpenAPI documents say', { skip }, async t => {
  t.comment(`SEED=${seed}`)
  const { stack, services } = await startSystem(t, { env: { LANE_PARTITIONS: '1' } })
  const gateway = await startService(t, 'gateway', { ...stack.env, ...withoutServices })
  let all = 0
  for (const [name, { url }] of Object.entries({ ...services, gateway })) {
    await t.test(name, async t => {
      const extent = LONG ? { examples: 140 } : QUICK
      const { same, cases, output } = await compare(t, st as string, url, { ...extent, seed })
      t.ok(same, `${cases} cases, no difference`, { diff: output })
      all += cases
    })
  }
  if (LONG) t.ok(all >= LEAST_CASES, `${all} cases in all`)
})
