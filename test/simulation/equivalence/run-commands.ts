import type { DayReported } from '@daybook/shared/events'
import type { Run } from '../../../services/reporting/src/runs/run-model.ts'
import type { Runs } from '../../../services/reporting/src/runs/run-store.ts'
import { type Command, type Draw, pick, some } from './compare.ts'
import { outboxCommands } from './outbox-commands.ts'

const days = ['2026-11-21', '2026-11-22'].flatMap(day =>
  ['UTC', 'Asia/Kolkata'].map(timeZone => ({ day, timeZone })),
)
const ids = days.map(({ day, timeZone }) => `${day}@${timeZone}`)
const owners = ['one', 'two']
const hour = (hours: number) => new Date(Date.UTC(2026, 10, 22, hours))
const offsets = (random: Draw) => new Map([[random(2), BigInt(random(3))]])

const reported = ({ day, timeZone }: Run): DayReported => ({
  ...{ id: `day-reported:${timeZone}:${day}`, type: 'DayReported', source: '/daybook/reporting' },
  ...{ subject: day, time: '2026-11-23T00:00:01.000Z' },
  data: {
    ...{ day, timeZone, reportedAt: '2026-11-23T00:00:01.000Z', users: 0, completions: 0, failures: 0 },
    coveredOffsets: {},
  },
})

const byId = (runs: Run[]) => runs.sort((a, b) => (a._id < b._id ? -1 : 1))

/** Draws a call on runs. Those that advance a run get it as it was read at any earlier time. */
export function runCommand(random: Draw): Command<Runs> {
  const advance = (name: string, step: (runs: Runs, read: Run) => Promise<unknown>): Command<Runs> => {
    const [age, which] = [random(3), random(ids.length)]
    return {
      name,
      async run(runs, known) {
        const reads = known.filter(answer => Array.isArray(answer) && answer[0]?.state !== undefined)
        const found = (reads.at(-1 - age) ?? []) as Run[]
        const read = found[which % found.length]
        return read && step(runs, read)
      },
    }
  }
  const call = (name: string, run: Command<Runs>['run']): Command<Runs> => ({ name, run })

  const read = () => call('find', async runs => byId(await runs.find(ids)))
  const made = some(random, days).map(one => (random(2) ? { ...one, endedAt: hour(random(30)) } : one))
  const [endedAt, end, count, owner, id] = [
    hour(random(30)),
    offsets(random),
    random(9),
    pick(random, owners),
    pick(random, ids),
  ]
  const sent = { requests: count, counts: { users: count, completions: count } }
  return pick(random, [
    ...[read, read, read, read],
    () => call('create', runs => runs.create(made)),
    () => call('recordPublished', runs => runs.recordPublished(endedAt, { 0: `${count}` })),
    () => call('unfinished', runs => runs.unfinished()),
    () => call('overdue', async runs => byId(await runs.overdue(new Date(Date.now() - 1000)))),
    () => call('unreported', async runs => [...(await runs.unreported(['2026-11-22']))]),
    () => call('list', runs => runs.list({ limit: 1 + count, before: id })),
    () => call('release', runs => runs.release(owner)),
    () => call('removeEmpty', runs => runs.removeEmpty(id)),
    () => advance('lease', (runs, run) => runs.lease(run, owner)),
    () => advance('recordClosingOffsets', (runs, run) => runs.recordClosingOffsets(run, end)),
    () => advance('startWriting', (runs, run) => runs.startWriting(run)),
    () => advance('markEmpty', (runs, run) => runs.markEmpty(run)),
    () => advance('recordRequestsSent', (runs, run) => runs.recordRequestsSent(run, sent, end)),
    () => advance('forgetRequests', (runs, run) => runs.forgetRequests(run)),
    () => advance('markReported', (runs, run) => runs.markReported(run, new Date(), reported(run))),
    ...outboxCommands<Runs>(random),
  ])()
}
