import { letterId } from '@daybook/shared/dead-letters/dead-letter-store'
import { boundedText } from '@daybook/shared/failures/bounded-text'
import type { IncomingMessage } from '@daybook/shared/kafka'
import type { WhyApart } from '../../../../services/reporting/src/apart/apart-model.ts'
import {
  APART_LEASE_MS,
  type HeldRequest,
  type LogsApart,
} from '../../../../services/reporting/src/apart/apart-store.ts'
import { firstAttempt } from '../../../../services/reporting/src/apart/attempts.ts'
import type { LogRequest } from '../../../../services/reporting/src/logs/log-requests.ts'
import type { SetApart } from '../../../../services/reporting/src/logs/log-writer.ts'
import { userLogId } from '../../../../services/reporting/src/logs/user-log-store.ts'
import { runId } from '../../../../services/reporting/src/run-id.ts'
import { collectionOf } from '../collection.ts'
import { without } from '../copy.ts'
import type { Connection } from '../database.ts'

interface MemoryApart {
  _id: string
  group: string
  message: Omit<IncomingMessage, 'offset'> & { offset: string }
  request: LogRequest
  why: WhyApart
  attempts: number
  error?: string
  dueAt: Date
  owner?: string
}

/** `openLogsApart` in memory. */
export function memoryLogsApart(connection: Connection): LogsApart {
  const apart = collectionOf<MemoryApart>(connection, 'logs_apart')
  const logOf = ({ request: { day, userId } }: MemoryApart) => userLogId(day, userId)
  const leased = (owner: string) => (one: MemoryApart) => ({
    ...one,
    owner,
    dueAt: new Date(Date.now() + APART_LEASE_MS),
  })
  const isDue = ({ dueAt }: MemoryApart) => dueAt.getTime() <= Date.now()
  const byDue = (a: MemoryApart, b: MemoryApart) => a.dueAt.getTime() - b.dueAt.getTime()
  const remove = async (held: HeldRequest[]) => {
    for (const { id } of held) await apart.remove(id)
  }

  return {
    async add(requests) {
      for (const one of requests) await apart.insert(documentOf(one))
    },
    async take(why, owner) {
      const [first] = (await apart.find(one => one.why === why && isDue(one))).sort(byDue)
      if (first === undefined || !(await apart.update(first._id, isDue, leased(owner)))) return []
      const log = logOf(first)
      const isFree = (one: MemoryApart) => logOf(one) === log && (one.owner === undefined || isDue(one))
      await apart.updateAll(isFree, leased(owner))
      const held = await apart.find(one => logOf(one) === log && one.owner === owner)
      return held.map(heldOf)
    },
    async nextDue(why) {
      return (await apart.find(one => one.why === why)).sort(byDue)[0]?.dueAt
    },
    async renew(owner) {
      await apart.updateAll(one => one.owner === owner, leased(owner))
    },
    async fail(held, owner, { error, dueAt }) {
      for (const { id } of held)
        await apart.update(
          id,
          one => one.owner === owner,
          one => ({
            ...without(one, 'owner'),
            attempts: one.attempts + 1,
            error: boundedText(error.message),
            dueAt,
          }),
        )
    },
    remove,
    removeParked: remove,
    async runs() {
      const own = await apart.find(({ request }) => !request.late)
      return new Set(own.map(({ request: { day, timeZone } }) => runId(day, timeZone)))
    },
    async retrying(log) {
      const failed = await apart.find(one => logOf(one) === log && one.attempts > 0)
      const [worst] = failed.sort((a, b) => b.attempts - a.attempts)
      return worst && { attempts: worst.attempts, error: worst.error ?? '' }
    },
    count: async why => (await apart.find(one => one.why === why)).length,
    countOfDay: async day => (await apart.find(({ request }) => request.day === day)).length,
  }
}

function heldOf({ _id: id, group, message, request, attempts }: MemoryApart): HeldRequest {
  return { id, group, message: { ...message, offset: BigInt(message.offset) }, request, attempts }
}

function documentOf({ group, message, request, error }: SetApart): MemoryApart {
  const { topic, partition, offset, timestamp, key, headers, value } = message
  const place = { topic, partition, offset: String(offset) }
  return {
    _id: letterId({ group, topic, partition }, offset),
    group,
    message: { ...place, timestamp, key, headers, value },
    request,
    ...(error === undefined
      ? { why: 'large', attempts: 0 }
      : { why: 'failed', attempts: 1, error: boundedText(error.message) }),
    dueAt: firstAttempt(error),
  }
}
