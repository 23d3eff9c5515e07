import { boundedText } from '@daybook/shared/failures/bounded-text'
import { outboxEntries } from '@daybook/shared/outbox'
import type { UserLog } from '../../../../services/reporting/src/logs/user-log-model.ts'
import {
  type UserLogs,
  userLogId,
  type WrittenLog,
} from '../../../../services/reporting/src/logs/user-log-store.ts'
import { storedRunIds } from '../../../../services/reporting/src/run-id.ts'
import { type Collection, collectionOf } from '../collection.ts'
import { without } from '../copy.ts'
import type { Connection } from '../database.ts'
import { memoryOutbox } from '../embedded-outbox.ts'

/** `openUserLogs` in memory. Each log of `recordWritten` is recorded on its own. */
export function memoryUserLogs(connection: Connection): UserLogs {
  const logs = collectionOf<UserLog>(connection, 'user_logs')

  async function count(run: string, state: UserLog['state']): Promise<number> {
    const ids = storedRunIds(run)
    const found = await logs.find(log => log.state === state && log.runs.some(id => ids.includes(id)))
    return found.length
  }

  return {
    find: (day, userId) => logs.get(userLogId(day, userId)),
    findAll: async ids => new Map((await logs.getAll(ids)).map(log => [log._id, without(log, 'outbox')])),
    async *ofRun(run) {
      const ids = storedRunIds(run)
      const found = await logs.find(log => log.runs.some(id => ids.includes(id)))
      const inBytes = (log: UserLog) => Buffer.from(log._id)
      found.sort((a, b) => Buffer.compare(inBytes(a), inBytes(b)))
      for (const log of found) yield without(log, 'outbox')
    },
    async recordWritten(written) {
      const { added = [], changed = [] } = Object.groupBy(written, ({ known }) =>
        known ? 'changed' : 'added',
      )
      const refused = await Promise.all([insert(logs, added), update(logs, changed)])
      return refused.flat()
    },
    recordFailed(day, userId, run, error) {
      const _id = userLogId(day, userId)
      const never = { day, userId, runs: [], revision: 0, completions: 0, sha256: null, writtenAt: null }
      return logs.upsert(_id, (stored = { _id, state: 'failed', ...never }) => ({
        ...stored,
        state: 'failed',
        error: boundedText(error.message),
        failedAt: stored.failedAt ?? new Date(),
        runs: [...new Set([...stored.runs, run])],
      }))
    },
    countWritten: run => count(run, 'written'),
    countFailed: run => count(run, 'failed'),
    async newestFailed(limit) {
      const failed = await logs.find(log => log.state === 'failed')
      const since = ({ failedAt }: UserLog) => failedAt?.getTime() ?? 0
      return failed
        .sort((a, b) => since(b) - since(a))
        .slice(0, limit)
        .map(log => without(log, 'outbox'))
    },
    countUnpublished: async day =>
      (await logs.find(log => log.day === day && log.outbox !== undefined)).length,
    outbox: publish => memoryOutbox(logs, publish),
  }
}

const outboxOf = ({ amended }: WrittenLog, stored: UserLog['outbox'] = []): Pick<UserLog, 'outbox'> => {
  const outbox = [...stored, ...outboxEntries(amended === undefined ? [] : [amended])]
  return outbox.length > 0 ? { outbox } : {}
}

async function insert<One extends WrittenLog>(logs: Collection<UserLog>, added: One[]): Promise<One[]> {
  const refused: One[] = []
  for (const one of added) if (!(await logs.insert({ ...one.next, ...outboxOf(one) }))) refused.push(one)
  return refused
}

async function update<One extends WrittenLog>(logs: Collection<UserLog>, changed: One[]): Promise<One[]> {
  let matched = 0
  for (const one of changed) {
    const isKnown = await logs.update(
      one.next._id,
      ({ revision }) => revision === (one.known?.revision ?? 0),
      stored => ({
        ...without(stored, 'error', 'failedAt'),
        ...one.next,
        runs: [...new Set([...stored.runs, ...one.next.runs])],
        ...outboxOf(one, stored.outbox),
      }),
    )
    if (isKnown) matched += 1
  }
  return matched === changed.length ? [] : changed
}
