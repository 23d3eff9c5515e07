import { makeStack } from '@daybook/shared/testing'
import { test } from 'tap'
import type { Kind } from '../../../src/jobs/kinds/kind.ts'
import { makeJob, makeJobs, makeLimits, openLimits } from '../../support/limits.ts'

const NOW = Date.UTC(2026, 10, 25, 12)

type Limits = Awaited<ReturnType<typeof makeLimits>>
type Interval = { kind: string; from: number; by: number }

/** Admits what is ready at an instant, and sends it. @returns the intervals of the attempts that were sent */
async function sendAt({ admission, ready, send }: Limits, now: number): Promise<Interval[]> {
  const admitted = await admission.admit(await ready(), now)
  const won = new Set(await send(admitted))
  return admitted
    .filter(({ job }) => won.has(job._id))
    .map(({ job, startFrom, startBy }) => ({
      kind: job.kind,
      from: Number(startFrom),
      by: Number(startBy),
    }))
}

/** The shortest time in which `count` starts can lie, wherever in their intervals they start. */
function shortest(intervals: readonly Interval[], count: number): number {
  const sorted = intervals.toSorted((a, b) => a.from - b.from)
  return Math.min(...sorted.slice(count - 1).map(({ from }, i) => from - (sorted[i] as Interval).by))
}

test('a rate holds in every window while two schedulers send at once', async t => {
  const stack = await makeStack(t)
  const schedulers = [await openLimits(t, stack), await openLimits(t, stack)]
  const [one] = schedulers as [Limits]
  await one.putKind('k', { rate: { limit: 5, per: 'PT5S' } })
  await one.add(makeJobs(40))
  const sent: Interval[] = []
  for (let now = NOW; now < NOW + 25_000; now += 1000)
    sent.push(...(await Promise.all(schedulers.map(each => sendAt(each, now)))).flat())
  t.ok(sent.length > 5, `${sent.length} are sent`)
  t.ok(sent.every(({ from, by }) => by > from))
  t.ok(shortest(sent, 6) >= 5000, `six starts can lie within ${shortest(sent, 6)} ms`)
})

test('kinds with a shared rate have its starts together', async t => {
  const limits = await makeLimits(t)
  await limits.putLimit('api', { rate: { limit: 2, per: 'PT2S' } })
  await limits.putKind('a', { limits: ['api'] })
  await limits.putKind('b', { limits: ['api'] })
  await limits.add(makeJobs(12).map((job, i) => ({ ...job, kind: i % 2 === 0 ? 'a' : 'b' })))
  const sent: Interval[] = []
  for (let now = NOW; now < NOW + 10_000; now += 500) sent.push(...(await sendAt(limits, now)))
  t.strictSame([...new Set(sent.map(({ kind }) => kind))], ['a', 'b'])
  t.ok(sent.length >= 8, `${sent.length} are sent`)
  t.ok(shortest(sent, 3) >= 2000, `three starts can lie within ${shortest(sent, 3)} ms`)
})

test('nothing starts before the end of a pause, with a rate and without', async t => {
  const limits = await makeLimits(t)
  await limits.putKind('rated', { rate: { limit: 100, per: 'PT1S' } })
  await limits.add([makeJob('rated', { kind: 'rated' }), makeJob('free'), makeJob('other', { kind: 'x' })])
  for (const kind of ['rated', 'k']) await limits.admission.pause(kind, NOW + 5000)
  await limits.admission.pause('k', NOW + 1000)
  t.strictSame((await sendAt(limits, NOW)).length, 1, 'only the other kind is open')
  t.strictSame(await limits.ids('sent'), ['other'])
  t.strictSame(await sendAt(limits, NOW + 4000), [], 'a shorter pause does not end a longer one')
  await sendAt(limits, NOW + 5000)
  t.strictSame((await limits.ids('sent')).toSorted(), ['free', 'other', 'rated'])
})

test('the reason says which limit keeps a job back', async t => {
  const limits = await makeLimits(t)
  await limits.putKind('rated', { rate: { limit: 1, per: 'PT10S' } })
  await limits.putKind('few', { inFlight: 1 })
  await limits.putKind('keyed', { perKey: 1 })
  await limits.putKind('paused', { paused: true })
  const gate = 'key:keyed/a'
  for (const kind of ['rated', 'few', 'keyed', 'paused'])
    await limits.add(
      [1, 2].map(n => makeJob(`${kind}-${n}`, { kind, ...(kind === 'keyed' ? { gate } : {}) })),
    )
  const reasons = async () => {
    const found = await limits.base.jobs.find({ _id: /-2$/ }).sort({ _id: 1 }).lean()
    const kinds = await limits.kinds.getMany(found.map(({ kind }) => kind))
    const asked = found.map(job => limits.admission.limitReason(kinds.get(job.kind) as Kind, job, NOW))
    return Object.fromEntries((await Promise.all(asked)).map((reason, i) => [found[i]?.kind, reason]))
  }
  t.strictSame(await reasons(), { few: undefined, keyed: undefined, paused: 'paused', rated: undefined })
  await sendAt(limits, NOW)
  const blocked = { few: 'in-flight limit', keyed: 'key', paused: 'paused', rated: 'rate' }
  t.strictSame(await reasons(), blocked)
})
