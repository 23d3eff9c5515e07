import { toMessage } from '@daybook/shared/events'
import { LONG, received, until, watchTopic } from '@daybook/shared/testing'
import t from 'tap'
import { openCompletions } from '../../src/projection/completion-store.ts'
import { projector } from '../../src/projection/projector.ts'
import { openClosedDays } from '../../src/runs/closed-day-store.ts'
import { amendWith } from '../../src/runs/late-completions.ts'
import { openRuns } from '../../src/runs/run-store.ts'
import { completed, makeBench, reopened, startReporting } from '../support/reporting.ts'

type Event = ReturnType<typeof completed>

const [DAY, NEXT] = ['2026-03-16', '2026-03-17'] as const

// repetitions.unit.test.ts and the simulation test the same in each test run.
const skip = !LONG && 'npm run test:long runs it'

t.test('events that are published again after the end of their day', { skip }, async t => {
  const bench = await makeBench(t)
  const { publish, stack } = bench
  const late = await watchTopic(t, stack, 'daybook.reporting.late')
  const requested = () => late.map(({ value }) => value.userId)

  await t.test('a repetition amends no day, and a late completion does', async t => {
    const reports = await watchTopic(t, stack, 'daybook.reports')
    const typesOf = (user?: string) =>
      reports
        .filter(({ value }) => value.day === DAY && value.userId === user)
        .map(({ headers }) => headers.ce_type)
    const reporting = await startReporting(t, stack, { ROLES: 'projection,runs' })
    const [water, read, old] = ['alice', 'bob', 'olga'].map(user => completed(user, DAY)) as [
      Event,
      Event,
      Event,
    ]
    const again = completed('bob', DAY, { ...read.data, sequence: 4 })
    await publish(water, read, reopened(read), again, old)
    await bench.endDay(DAY)
    // No process writes: whatever request is sent now could be handled before those of the run.
    await until('the log requests are sent', async () => (await reporting.run(`${DAY}@UTC`)).body.jobs === 3)
    const { modifiedCount } = await stack.db
      .collection('completions')
      .updateOne({ userId: 'olga' }, { $unset: { at: 1 } })
    t.equal(modifiedCount, 1, 'the completion of olga is now as an earlier version stores it')
    await publish(water, read, reopened(read), again, old, completed('carol', DAY))
    await until('the late completion is requested', () => requested().includes('carol'))
    await until('that of the earlier version is', () => requested().includes('olga'))
    // Events with one key keep their order, so the repetitions of these users are handled before.
    await publish(completed('alice', NEXT), completed('bob', NEXT))
    await until('the repetitions are handled', async () => {
      const days = await Promise.all(['alice', 'bob'].map(user => reporting.dayOf(user, NEXT)))
      return days.every(({ completions }) => completions.length === 1)
    })
    t.strictSame(requested().sort(), ['carol', 'olga'])

    await startReporting(t, stack, { ROLES: 'writers' })
    await reporting.runDone(DAY)
    await until('the late completion is announced', () => typesOf('carol').includes('DayAmended'))
    t.strictSame([typesOf(), typesOf('alice'), typesOf('bob')], [['DayReported'], [], []])
  })

  await t.test('an event that is handled again after a crash amends its closed day', async t => {
    const user = 'zoe'
    const completions = await openCompletions(stack.db)
    const [runs, closedDays] = [await openRuns(stack.db), openClosedDays(stack.db)]
    const amend = amendWith({ completions, runs, closedDays, kafka: bench.kafka, wakeRuns: () => undefined })
    let crashes = true
    const { handle } = projector({
      completions,
      park: async (_message, error) => void t.fail(error.message),
      async amend(changes) {
        if (crashes) throw new Error('the process ends')
        await amend(changes)
      },
    })
    const message = toMessage(completed(user, DAY), user)
    const read = (offset: bigint) =>
      handle([received(message, { partition: 1, offset })], async () => undefined)
    await t.rejects(read(100n), { message: 'the process ends' })
    crashes = false
    await read(101n)
    t.notOk(requested().includes(user))
    await read(100n)
    await until('its log is requested', () => requested().includes(user))
  })
})
