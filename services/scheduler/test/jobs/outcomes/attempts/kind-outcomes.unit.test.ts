import { test } from 'tap'
import { type EndedAttempt, kindOutcomes } from '../../../../src/jobs/outcomes/attempts/kind-outcomes.ts'
import type { AttemptEnd } from '../../../../src/jobs/outcomes/attempts/next-state.ts'

const noon = Date.UTC(2026, 10, 26, 12)
const failed = { outcome: 'failed', reason: 'error', error: 'no luck', retry: true } as const

const ended = (how: AttemptEnd, job: Partial<EndedAttempt['job']> = {}, at = noon): EndedAttempt => ({
  job: { kind: 'k', ...job },
  end: { how, at: new Date(at) },
})

test('failures add up by kind, and a success counts more than they do', async t => {
  const outcomes = kindOutcomes([
    ended(failed),
    ended({ ...failed, reason: 'timeout' }, {}, noon + 1000),
    ended(failed, { kind: 'other' }),
    ended({ outcome: 'succeeded' }, { kind: 'other' }),
  ])
  t.strictSame(outcomes, [
    { kind: 'k', failures: 2, hasSucceeded: false, wasProbed: false, at: noon + 1000 },
    { kind: 'other', failures: 1, hasSucceeded: true, wasProbed: false, at: noon },
  ])
})

test('bad data, attempts that come back, crashes and cancellations are no failures of a kind', async t => {
  const [outcome] = kindOutcomes([
    ended({ ...failed, retry: false }),
    ended({ outcome: 'returned', reason: 'stopping' }),
    ended({ outcome: 'crashed', alone: true }),
    ended(failed, { cancelAskedAt: new Date(noon) }),
  ])
  t.match(outcome, { failures: 0, hasSucceeded: false })
})

test('only the success of a probe is that of a probe', async t => {
  const places = ['kind:k#3', 'probe:k#0']
  const probed = (...all: EndedAttempt[]) => kindOutcomes(all)[0]?.wasProbed
  t.equal(probed(ended({ outcome: 'succeeded' }, { places })), true)
  t.equal(probed(ended(failed, { places }), ended({ outcome: 'succeeded' })), false)
  t.equal(probed(ended({ outcome: 'succeeded' }, { places: ['probe:other#0'] })), false)
})
