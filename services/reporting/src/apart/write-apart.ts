import type { Park } from '@daybook/shared/dead-letters/dead-letter-store'
import { isOutage } from '@daybook/shared/failures/outage'
import { Interrupted } from '@daybook/shared/kafka'
import type { Logger } from 'pino'
import type { LogRequest } from '../logs/log-requests.ts'
import { logged, type WriteDeps, writeUserLogs } from '../logs/write-user-logs.ts'
import { runId } from '../run-id.ts'
import type { HeldRequest, LogsApart } from './apart-store.ts'
import { ATTEMPTS_APART, nextAttempt } from './attempts.ts'

export interface ApartDeps extends WriteDeps {
  logsApart: LogsApart
  parkFor: (group: string) => Park
  /** Those of some runs, by their ids, of which the day is reported. */
  reported: (runs: string[]) => Promise<Set<string>>
  log: Logger
}

/** Who does the requests. */
interface Holder {
  owner: string
  /** Renews the lease. */
  heartbeat: () => Promise<void>
}

/**
 * Makes one attempt to write the log of requests, which all ask for the same log. After the last failed attempt, the log is
 * recorded as failed, and the messages of the requests become dead letters.
 * @throws an outage, or Interrupted: the requests stay in hand until their lease ends
 */
export async function writeApart(held: HeldRequest[], holder: Holder, deps: ApartDeps): Promise<void> {
  const failure = await failureOf(held, holder, deps)
  if (failure === undefined) return deps.logsApart.remove(held)
  const { given = [], left = [] } = Object.groupBy(held, ({ attempts }) =>
    attempts + 1 < ATTEMPTS_APART ? 'left' : 'given',
  )
  const attempts = 1 + Math.max(0, ...held.map(one => one.attempts))
  await deps.logsApart.fail(left, holder.owner, { error: failure, dueAt: nextAttempt(attempts) })
  try {
    await giveUp(given, failure, deps)
  } catch (error) {
    if (isOutage(error)) throw error
    deps.log.error(
      { code: 'DAYBOOK_DEAD_LETTER_NOT_STORED', err: error },
      'the request of a log cannot be parked',
    )
    await deps.logsApart.fail(given, holder.owner, { error: failure, dueAt: nextAttempt(attempts) })
  }
}

async function failureOf(
  held: HeldRequest[],
  { heartbeat }: Holder,
  deps: ApartDeps,
): Promise<Error | undefined> {
  try {
    const requests = await withLate(held, deps)
    const [left] = await writeUserLogs(requests, deps, { heartbeat, leavesLarge: false })
    if (left?.error !== undefined) throw left.error
    return undefined
  } catch (error) {
    if (isOutage(error) || error instanceof Interrupted) throw error
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** The run loop of an earlier version does not wait for these requests: a log that comes after the report of its day amends it. */
async function withLate(held: HeldRequest[], { reported }: ApartDeps): Promise<LogRequest[]> {
  const run = ({ day, timeZone }: LogRequest) => runId(day, timeZone)
  const over = await reported([...new Set(held.map(({ request }) => run(request)))])
  return held.map(({ request }) => ({ ...request, late: request.late || over.has(run(request)) }))
}

async function giveUp(held: HeldRequest[], error: Error, { logsApart, userLogs, parkFor, log }: ApartDeps) {
  for (const one of held) {
    const { group, message, attempts } = one
    const { day, userId, timeZone } = one.request
    const { topic, partition, offset } = message
    log.error(
      { err: error, topic, partition, offset: String(offset), ...logged(one.request) },
      'parking the request of a log that fails',
    )
    await userLogs.recordFailed(day, userId, runId(day, timeZone), error)
    await parkFor(group)(message, error, attempts + 1)
    await logsApart.removeParked([one])
  }
}
