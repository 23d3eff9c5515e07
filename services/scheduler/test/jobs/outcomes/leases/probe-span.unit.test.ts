import { test } from 'tap'
import {
  leasesEndedBefore,
  leaseTimes,
  type ProbeSpan,
  withProbe,
} from '../../../../src/jobs/outcomes/leases/probe-span.ts'

const times = leaseTimes(30_000)

/** The instant before which beats are too old, after probes at these seconds. */
function after(...probes: number[]): number | undefined {
  let span: ProbeSpan | undefined
  for (const seconds of probes) span = withProbe(span, seconds * 1000, times)
  const before = span && leasesEndedBefore(span, times)
  return before && before.getTime() / 1000
}

const every5 = (from: number, to: number) =>
  Array.from({ length: (to - from) / 5 + 1 }, (_, i) => from + i * 5)

test('leases are judged after a reader has followed a partition for a whole lease', async t => {
  t.equal(after(), undefined)
  t.equal(after(...every5(0, 25)), undefined)
  t.equal(after(...every5(0, 30)), 0)
  t.equal(after(...every5(0, 100)), 70)
})

test('a gap between probes means an outage: no lease ends until a whole lease later', async t => {
  t.equal(after(...every5(0, 60), 75), 45, 'a gap of 15 s is none')
  t.equal(after(...every5(0, 60), 76), undefined)
  t.equal(after(...every5(0, 60), ...every5(120, 145)), undefined)
  t.equal(after(...every5(0, 60), ...every5(120, 150)), 120)
})

test('a probe that is read again changes nothing', async t => {
  t.equal(after(...every5(0, 60), ...every5(40, 60)), 30)
})

test('probes and gaps follow from the lease time', async t => {
  t.match(leaseTimes(6000), { leaseMs: 6000, maxGapMs: 3000, beatMs: 1000 })
})
