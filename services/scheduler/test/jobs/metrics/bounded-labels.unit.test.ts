import { test } from 'tap'
import { boundedKinds, samplesOf } from '../../../src/jobs/metrics/bounded-labels.ts'

test('the first kinds have labels of their own, and the others share one', async t => {
  const labelOf = boundedKinds(2)
  t.strictSame(['a', 'b', 'c', 'a', 'd'].map(labelOf), ['a', 'b', 'other', 'a', 'other'])
})

test('counts with the same labels are added up', async t => {
  const counts = [
    { kind: 'a', lane: 'x', count: 1 },
    { kind: 'b', lane: 'x', count: 2 },
    { kind: 'c', lane: 'x', count: 3 },
    { kind: 'a', lane: 'y', count: 4 },
    { kind: 'a', lane: 'x', count: 5 },
  ]
  t.strictSame(samplesOf(counts, boundedKinds(1)), [
    { labels: { kind: 'a', lane: 'x' }, value: 6 },
    { labels: { kind: 'other', lane: 'x' }, value: 5 },
    { labels: { kind: 'a', lane: 'y' }, value: 4 },
  ])
})
