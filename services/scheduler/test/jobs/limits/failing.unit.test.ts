import { test } from 'tap'
import { defaultKind } from '../../../src/jobs/kinds/kind.ts'
import { type KindOutcomes, makeNoteOutcomes } from '../../../src/jobs/limits/failing.ts'
import type { RateState } from '../../../src/jobs/limits/start-intervals.ts'
import { kindsOf } from '../../support/adding.ts'

const outcome = (given: Partial<KindOutcomes> = {}): KindOutcomes => ({
  kind: 'k',
  failures: 0,
  hasSucceeded: false,
  wasProbed: false,
  at: 1_000_000,
  ...given,
})

/** @param stored what another process has stored of the kind */
function setUp(stored: RateState = {}) {
  const writes: unknown[][] = []
  const note = makeNoteOutcomes(kindsOf(), {
    read: async ids => new Map(ids.map(id => [id, stored])),
    fail: async (...given) => void writes.push(['fail', ...given]),
    succeed: async (...given) => void writes.push(['succeed', ...given]),
  })
  return { note, writes }
}

test('while nothing fails, nothing is written', async t => {
  const { note, writes } = setUp()
  await note([outcome({ hasSucceeded: true }), outcome({ kind: 'other' })])
  t.strictSame(writes, [])
})

test('failures are written with the time of the next probe, unless one succeeded beside them', async t => {
  const { note, writes } = setUp()
  await note([outcome({ failures: 3 }), outcome({ kind: 'other', failures: 3, hasSucceeded: true })])
  t.strictSame(writes, [['fail', 'kind:k', 3, 1_000_000 + defaultKind.backoff.initialMs]])
})

test('a success is written if there may be failures before it', async t => {
  const after = async (stored: RateState, wasProbed = false) => {
    const { note, writes } = setUp(stored)
    await note([outcome({ hasSucceeded: true, wasProbed })])
    return writes.length === 1
  }
  t.ok(await after({ failures: 1, probeFrom: 0 }), 'however long ago the failure was')
  t.ok(await after({ failures: 0, probeFrom: 990_000 }), 'others may have failed since this was read')
  t.notOk(await after({ failures: 0, probeFrom: 900_000 }))
  t.ok(await after({}, true), 'a probe is sent only after failures')
})
