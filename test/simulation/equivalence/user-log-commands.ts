import type { DayAmended } from '@daybook/shared/events'
import {
  type KnownLog,
  type UserLogs,
  userLogId,
  type WrittenLog,
} from '../../../services/reporting/src/logs/user-log-store.ts'
import { type Command, type Draw, pick, some } from './compare.ts'
import { outboxCommands } from './outbox-commands.ts'

const day = '2026-11-22'
const users = ['alice', 'bob', 'carol']
const ids = users.map(user => userLogId(day, user))
const runs = [`${day}@UTC`, `${day}@Asia/Kolkata`]

function written(userId: string, known: KnownLog | undefined, random: Draw): WrittenLog {
  const revision = (known?.revision ?? 0) + random(2)
  const sha256 = pick(random, ['a', 'b', null])
  const next: KnownLog = {
    ...{ _id: userLogId(day, userId), day, userId, runs: some(random, runs), state: 'written', revision },
    ...{ completions: random(9), sha256, writtenAt: new Date() },
  }
  const data = { day, timeZone: 'UTC', amendedAt: day, userId, revision, completions: 1, sha256 }
  const amended: DayAmended = {
    ...{ id: `${userId}:${Date.now()}`, type: 'DayAmended', source: '/daybook/reporting' },
    ...{ subject: day, time: '2026-11-23T00:00:01.000Z', data },
  }
  return { known, next, amended: random(2) ? amended : undefined }
}

/** Draws a call on user logs. Writers know the logs as they were read at any earlier time. */
export function userLogCommand(random: Draw): Command<UserLogs> {
  const call = (name: string, run: Command<UserLogs>['run']): Command<UserLogs> => ({ name, run })
  const [user, run, whose, age, seed] = [
    pick(random, users),
    pick(random, runs),
    some(random, users),
    random(3),
    random(1e6),
  ]

  const read = () => call('findAll', async logs => [...(await logs.findAll(ids))].sort(byKey))
  /** Both stores draw the same from what they know. */
  const record = async (logs: UserLogs, known: unknown[]) => {
    let drawn = seed
    const again: Draw = limit => {
      drawn = (drawn * 48_271) % 2_147_483_647
      return drawn % limit
    }
    const reads = known.filter(answer => Array.isArray(answer) && Array.isArray(answer[0]))
    const found = new Map((reads.at(-1 - age) ?? []) as [string, KnownLog][])
    const given = whose.map(one => written(one, found.get(userLogId(day, one)), again))
    const refused = await logs.recordWritten(given)
    return refused.map(({ next }) => next._id).sort()
  }
  return pick(random, [
    ...[read, read, read],
    ...[() => call('recordWritten', record), () => call('recordWritten', record)],
    () => call('find', logs => logs.find(day, user)),
    () => call('recordFailed', logs => logs.recordFailed(day, user, run, new Error('EIO'))),
    () => call('count', async logs => [await logs.countWritten(run), await logs.countFailed(run)].join()),
    () => call('ofRun', async logs => (await Array.fromAsync(logs.ofRun(run))).map(({ _id }) => _id).join()),
    ...outboxCommands<UserLogs>(random),
  ])()
}

const byKey = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : 1)
