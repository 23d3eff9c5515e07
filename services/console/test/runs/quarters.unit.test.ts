import t from 'tap'
import { noteQuarters, type Quarters } from '../../src/runs/quarters.ts'
import type { Run } from '../../src/runs/run.ts'

const run = (facts: Partial<Run>): Run => ({
  ...{ id: '2026-11-26@UTC', day: '2026-11-26', timeZone: 'UTC', state: 'writing', jobs: 1000 },
  ...{ completions: 2000, written: 0, failed: 0, firstError: null, amended: 0, manifestSha256: null },
  ...{ createdAt: '2026-11-27T00:00:00.000Z', writingAt: null, doneAt: null },
  ...facts,
})

/** What is told of the looks at a run, one after the other. */
function told(looks: readonly Run[]): string[] {
  let before: Quarters = new Map()
  return looks.flatMap(look => {
    const { noted, sentences } = noteQuarters(before, [look])
    before = noted
    return sentences
  })
}

const four = [25, 50, 75].map(percent => `2026-11-26 in UTC: ${percent} % of the logs.`)
const all = '2026-11-26 in UTC: all logs are done.'

t.test('a run of 1,000 users tells four sentences, when it is looked at after each log', async t => {
  const looks = Array.from({ length: 1001 }, (_, written) => run({ written }))
  t.strictSame(
    told([run({ state: 'closing', jobs: null }), ...looks, run({ state: 'done', written: 1000 })]),
    [...four, all],
  )
})

t.test('numbers that go back tell nothing twice', async t => {
  const looks = [0, 300, 100, 300, 760, 300, 760].map(written => run({ written }))
  const more = [run({ jobs: 5000, written: 760 }), run({ jobs: 5000, failed: 4000 })]
  t.strictSame(told([...looks, ...more]), [four[0], four[2]])
})

t.test(
  'a run that is seen for the first time tells nothing, and one that begins again tells anew',
  async t => {
    const done = run({ state: 'done', written: 1000 })
    t.strictSame(told([done, done]), [])
    t.strictSame(told([done, run({}), done]), [all])
  },
)
