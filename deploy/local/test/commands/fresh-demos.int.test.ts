import { LONG, until, watchTopic } from '@daybook/shared/testing'
import t, { type Test } from 'tap'
import { localStack, startProgram } from '../support/program.ts'

// Each takes about ten seconds. A single demo is part of demo.int.test.ts.
const DEMOS = 50
const skip = !LONG && 'npm run test:long runs it'

t.test(
  `in ${DEMOS} fresh demos, the first report of each day has every completion, and no log is amended`,
  {
    skip,
  },
  async t => {
    for (let n = 1; n <= DEMOS; n += 1) await t.test(`demo ${n}`, freshDemo)
  },
)

async function freshDemo(t: Test): Promise<void> {
  const { env, stack } = await localStack(t)
  const demo = startProgram(t, 'demo', [], env)
  t.equal(await demo.gone, 0, demo.output())
  // A slow demo prints its progress before.
  const counts = [...demo.output().matchAll(/tasks created, (\d+) completed/g)]
  const completed = Number(counts.at(-1)?.[1])
  const reports = await watchTopic(t, stack, 'daybook.reports')
  const counted = () => reports.reduce((sum, { value }) => sum + Number(value.completions), 0)
  await until('every completion is reported', () => counted() >= completed)
  t.equal(counted(), completed)
  const others = reports.filter(({ headers }) => headers.ce_type !== 'DayReported')
  t.strictSame(others, [], 'no log is amended')
}
