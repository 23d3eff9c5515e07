import { LONG, until, watchTopic } from '@daybook/shared/testing'
import t from 'tap'
import type { Completion, TakenBack } from '../../src/projection/completion.ts'
import type { Projection, RebuildPhase } from '../../src/projection/generation-model.ts'
import { startCommand } from '../support/commands.ts'
import { completed, makeBench, startReporting } from '../support/reporting.ts'

const ROUNDS = 12
const phases: RebuildPhase[] = ['swapping', 'joining', 'building', 'amending']
const DAMAGED = '2026-05-01'

const dayOf = (round: number) => new Date(Date.UTC(2026, 5, 1 + round)).toISOString().slice(0, 10)
const ofUsers = (day: string, prefix: string) =>
  Array.from({ length: 20 }, (_, i) => completed(`${prefix}-${i}`, day))

t.setTimeout(3_000_000)

const title = 'days that end while the command of a rebuild is killed are reported once, with everything'

// Each round waits for leases. rebuild.int.test.ts has one such kill for `npm test`.
t.test(title, { skip: !LONG && 'only in the long tests' }, async t => {
  const bench = await makeBench(t)
  const { stack, publish, endDay } = bench
  const reporting = await startReporting(t, stack)
  const reports = await watchTopic(t, stack, 'daybook.reports')
  const completions = stack.db.collection<Completion | TakenBack>('completions')
  const projections = stack.db.collection<Projection>('projections')
  const phase = async () => (await projections.findOne())?.rebuild?.phase
  await publish(...ofUsers(DAMAGED, 'user'))
  await endDay(DAMAGED)
  await reporting.runDone(DAMAGED)

  for (let round = 0; round < ROUNDS; round += 1) {
    const day = dayOf(round)
    await publish(...ofUsers(day, 'early'))
    await completions.updateMany({ day: DAMAGED }, { $set: { name: `damaged in round ${round}` } })
    const { process, ended } = startCommand(t, stack, 'rebuild', '--swap')
    let isGone = false
    void ended.then(() => {
      isGone = true
    })
    const wanted = phases[round % phases.length]
    while (!isGone && (await phase()) !== wanted);
    // How long that takes differs from round to round.
    for (let i = 0; i < round % 7; i += 1) await publish(...ofUsers(day, `late-${i}`))
    await endDay(day)
    process.kill('SIGKILL')
    await ended
    // In place of the time that the lease lasts.
    await projections.updateOne({ rebuild: { $exists: true } }, { $set: { 'rebuild.until': new Date(0) } })
    await reporting.runDone(day)
    await until('the rebuild is ended', async () => (await phase()) === undefined)
  }

  const last = await startCommand(t, stack, 'rebuild', '--swap').ended
  t.equal(last.code, 0, last.errors)
  const days = Array.from({ length: ROUNDS }, (_, round) => dayOf(round))
  for (const day of [DAMAGED, ...days]) {
    const { code, lines } = await startCommand(t, stack, 'verify', day).ended
    t.equal(code, 0, lines.join('\n'))
  }
  for (const [round, day] of days.entries()) {
    const ofDay = await until('it is reported', () => {
      const found = reports.filter(({ value }) => value.day === day)
      return found.length > 0 && found
    })
    t.match(ofDay, [{ headers: { ce_type: 'DayReported' }, value: { completions: 20 * (1 + (round % 7)) } }])
    t.equal(ofDay.length, 1, `${day} is not amended`)
  }
})
