import type { DaybookError } from '@daybook/shared/failures/errors'
import { test } from 'tap'
import type { Definition } from '../../src/definitions/definition.ts'
import type { UserSchedule } from '../../src/schedules/schedule.ts'
import { validateAt, validateResume } from '../../src/schedules/validate-at.ts'

const now = new Date('2026-11-22T14:00:00Z')
const defaults = { timeZone: 'UTC', paused: false, catchUp: 'all', catchUpWindow: 'P7D' } as const
const once = (at: string, changes: Partial<Definition> = {}): Definition => ({ ...defaults, at, ...changes })
const cron: Definition = { ...defaults, cron: '0 12 * * *' }

function made(definition: Definition, changes: Partial<UserSchedule> = {}): UserSchedule {
  const text = JSON.stringify(definition)
  return { _id: 's', kind: 'user', version: 1, definition: text, anchor: now, changes: [], ...changes }
}

/** Returns the fault of a definition; undefined when it is accepted. */
const problem = (definition: Definition, read?: UserSchedule) =>
  refusal(() => validateAt('s', read, definition, now))

function refusal(check: () => void): string | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    const [fault] = (error as DaybookError).faults
    return `${fault?.pointer} ${fault?.detail}`
  }
}

test('an `at` that catchUp or catchUpWindow leaves out is refused, and the message says what to do', async t => {
  const old = /^\/at is older than catchUpWindow: it would never fire; give a later/
  t.match(problem(once('2026-11-15T13:59:59.000Z')), old)
  t.equal(problem(once('2026-11-15T14:00:00.000Z')), undefined)
  t.match(problem(once('2026-11-22T12:59:59.000Z', { catchUp: 'latest', catchUpWindow: 'PT1H' })), old)
  t.equal(
    problem(once('2026-11-22T13:59:00.000Z', { catchUpWindow: 'PT1S' })),
    undefined,
    'a slot is missed after 60 s only',
  )
  t.match(problem(once('2026-11-22T13:58:59.000Z', { catchUp: 'none' })), /^\/at .* catchUp is none/)
  t.equal(problem(once('2026-11-22T13:59:00.000Z', { catchUp: 'none' })), undefined)
  const jittered = once('2026-11-22T13:58:59.000Z', { catchUp: 'none', jitter: 'P100D' })
  t.equal(problem(jittered), undefined, 'with jitter it fires later')
  t.equal(problem(once('2027-01-01T00:00:00.000Z')), undefined)
  t.equal(problem(cron), undefined)
})

test('an `at` that is not after the last slot fired under the name is refused', async t => {
  const lastSlot = new Date('2026-11-22T13:00:00Z')
  const fired = made(cron, { stats: { fired: 1, missed: 0, caughtUp: 0, lastSlot } })
  for (const read of [fired, { ...fired, deletedAt: now }]) {
    t.match(problem(once('2026-11-22T13:00:00.000Z'), read), /^\/at must come after 2026-11-22T13:00:00.000Z/)
    t.match(problem(once('2026-11-22T12:00:00.000Z'), read), /^\/at must come after/)
    t.equal(problem(once('2026-11-22T13:00:00.001Z'), read), undefined)
  }
})

test('an unchanged `at` is accepted, also after it fired', async t => {
  const old = once('2026-01-01T00:00:00.000Z')
  const fired = made(old, {
    stats: { fired: 1, missed: 0, caughtUp: 0, lastSlot: new Date('2026-01-01T00:00:00Z') },
  })
  t.equal(problem(old, fired), undefined)
  t.equal(problem({ ...old, data: { a: 1 } }, fired), undefined)
  t.match(problem(old, { ...fired, deletedAt: now }), /must come after/)
})

/** Returns the fault of resuming a schedule; undefined when it is resumed. */
const resumeProblem = (definition: Definition, changes: Partial<UserSchedule> = {}) =>
  refusal(() => validateResume(made({ ...definition, paused: true }, changes), definition, now))

test('resuming a schedule with `at`, by PUT or by resume, is refused for the same reasons as creating it', async t => {
  const cases: [Definition, RegExp | undefined][] = [
    [once('2026-11-22T15:00:00.000Z'), undefined],
    [once('2026-11-15T14:00:00.000Z'), undefined],
    [once('2026-11-15T13:59:59.000Z'), /^\/at is older than catchUpWindow/],
    [once('2026-11-22T13:59:00.000Z', { catchUp: 'none' }), undefined],
    [once('2026-11-22T13:58:59.000Z', { catchUp: 'none' }), /^\/at .* catchUp is none/],
  ]
  for (const [definition, expected] of cases) {
    const paused = made({ ...definition, paused: true })
    for (const found of [resumeProblem(definition), problem(definition, paused)]) {
      if (expected === undefined) t.equal(found, undefined)
      else t.match(found, expected)
    }
    t.equal(
      problem({ ...definition, paused: true, data: { a: 1 } }, paused),
      undefined,
      'a paused schedule may change its data',
    )
  }
  const at = '2026-11-22T13:30:00.000Z'
  const stats = { fired: 1, missed: 0, caughtUp: 0, lastSlot: new Date(at) }
  t.match(resumeProblem(once(at), { stats }), /^\/at must come after .*no slot fires twice/)
})

test('a schedule without slots left is not resumed', async t => {
  const end = '2026-11-22T13:59:00.000Z'
  t.match(resumeProblem({ ...cron, end }), /^\/cron never fires/)
  t.match(resumeProblem({ ...defaults, every: 'PT1H', end }), /^\/every never fires/)
  t.equal(resumeProblem(cron), undefined)
  t.equal(resumeProblem({ ...defaults, every: 'PT1H' }), undefined)
})
