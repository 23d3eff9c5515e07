import '../browser.ts'
import t from 'tap'
import type { ListedJob } from '../../src/jobs/job/job.ts'
import { pastLines, toneOf } from '../../src/schedules/definition/past-lines.ts'
import type { PastFiring } from '../../src/schedules/definition/schedule.ts'

const at = (minute: number) => `2026-11-27T10:0${minute}:00.000Z`
const firing = (minute: number, facts: Partial<PastFiring> = {}): PastFiring => ({
  ...{ firedAt: at(minute), slot: at(minute), lateMs: 0, notFired: 0, id: `f${minute}` },
  ...facts,
})
const job = (id: string, minute: number, state = 'succeeded') =>
  ({ id, addedAt: at(minute), state }) as unknown as ListedJob

t.test('a firing has the job of its id, and older jobs follow without a firing', async t => {
  const none = firing(3, { slot: null, id: null, notFired: 2, lateMs: null })
  const lines = pastLines([firing(4), none], [job('f1', 1), job('f4', 4), job('f2', 2)])
  t.strictSame(
    lines.map(({ key, firing, job }) => [key, firing?.firedAt, job?.id]),
    [
      ['f4', at(4), 'f4'],
      [at(3), at(3), undefined],
      ['f2', undefined, 'f2'],
      ['f1', undefined, 'f1'],
    ],
  )
})

t.test('slots that fired together stay in the order of the scheduler', async t => {
  const together = [3, 2, 1].map(minute => firing(minute, { firedAt: at(5) }))
  t.strictSame(
    pastLines(together, []).map(({ key }) => key),
    ['f3', 'f2', 'f1'],
  )
})

t.test('a firing looks like its job, or says that its slot was late or did not fire', async t => {
  const tone = (facts: Partial<PastFiring>, ...jobs: ListedJob[]) =>
    pastLines([firing(1, facts)], jobs).map(toneOf)[0]
  t.equal(tone({}), 'good')
  t.equal(tone({ lateMs: 60_001 }), 'warning')
  t.equal(tone({ notFired: 1, slot: null }), 'warning')
  t.equal(tone({}, job('f1', 1, 'failed')), 'bad')
})
