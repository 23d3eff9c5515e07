import type { KafkaPort } from '@daybook/shared/kafka'
import type { Static } from 'typebox'
import { writerGroup } from '../../groups.ts'
import { logRequestTopic } from '../../logs/log-requests.ts'
import type { UserLog } from '../../logs/user-log-model.ts'
import { type UserLogs, userLogId } from '../../logs/user-log-store.ts'
import type { PlannedDay } from '../../reruns/dry-run.ts'
import { handledOf } from '../../reruns/handled.ts'
import type { Rerun, RerunDay } from '../../reruns/rerun-model.ts'
import type { Reruns } from '../../reruns/rerun-store.ts'
import type { ListedRerun, RerunBody, RerunProgress } from './rerun-schemas.ts'

const MAX_FAILURES = 10

export interface RerunReaders {
  reruns: Pick<Reruns, 'find' | 'findAll' | 'daysOf'>
  userLogs: Pick<UserLogs, 'findAll'>
  kafka: Pick<KafkaPort, 'committedOffsets'>
}

type Body = Static<typeof RerunBody>
type Day = Body['days'][number]

export const listedRerun = ({
  _id,
  from,
  to,
  userId,
  onlyFailed = false,
  by,
  state,
  days,
  createdAt,
  doneAt,
}: Rerun): Static<typeof ListedRerun> => ({
  ...{ id: _id, from, to, user: userId ?? null, failedOnly: onlyFailed, by, state, total: days },
  createdAt: createdAt.toISOString(),
  doneAt: doneAt?.toISOString() ?? null,
})

/** Reads the reruns of some days, each with what became of its day. */
export async function rerunsOf(
  days: RerunDay[],
  deps: Pick<RerunReaders, 'reruns' | 'kafka'>,
): Promise<Static<typeof ListedRerun>[]> {
  const [found, passed] = await Promise.all([
    deps.reruns.findAll(days.map(({ rerun }) => rerun)),
    passedOffsets(days, deps),
  ])
  return days.flatMap(day => {
    const rerun = found.get(day.rerun)
    // The days of an order are stored before the order is.
    if (rerun === undefined) return []
    return [{ ...listedRerun(rerun), ofRun: dayBody(day, handledOf(day, passed)) }]
  })
}

/** The offsets that the writers have committed, if a day waits for them. */
const passedOffsets = async (days: RerunDay[], { kafka }: Pick<RerunReaders, 'kafka'>) =>
  days.some(({ state }) => state === 'writing')
    ? kafka.committedOffsets(writerGroup, logRequestTopic.name)
    : new Map()

/** Reads how far a rerun is, with all its days. */
export async function rerunBody(rerun: Rerun, deps: RerunReaders): Promise<Body> {
  const { reruns, userLogs } = deps
  const days = await reruns.daysOf(rerun._id)
  const { userId } = rerun
  const [passed, logs] = await Promise.all([
    passedOffsets(days, deps),
    userId === undefined ? undefined : userLogs.findAll(days.map(({ day }) => userLogId(day, userId))),
  ])
  return withTotals(
    listedRerun(rerun),
    days.map(one => {
      const shown = dayBody(one, handledOf(one, passed))
      return logs === undefined
        ? shown
        : { ...shown, log: logBody(logs.get(userLogId(one.day, `${userId}`))) }
    }),
    days,
  )
}

/** What a rerun would do. */
export function plannedBody(
  { from, to, userId, onlyFailed = false, by }: Pick<Rerun, 'from' | 'to' | 'userId' | 'onlyFailed' | 'by'>,
  planned: PlannedDay[],
): Body {
  const listed = {
    id: null,
    from,
    to,
    user: userId ?? null,
    failedOnly: onlyFailed,
    by,
    state: 'dryRun',
    total: planned.length,
  } as const
  const days = planned.map(
    ({ differences, ...day }): Day => ({
      ...{ state: 'waiting', requests: 0, handled: 0 },
      ...day,
      differences: differences.map(({ userId: user, why }) => ({ user, why })),
    }),
  )
  return withTotals({ ...listed, createdAt: new Date().toISOString(), doneAt: null }, days)
}

/** The same without the days, whose number has no influence on its size. */
export function withoutDays({ days: _, ...progress }: Body): Static<typeof RerunProgress> {
  return progress
}

/** Adds up the days. */
function withTotals(listed: Static<typeof ListedRerun>, days: Day[], stored: RerunDay[] = []): Body {
  const sum = (field: 'requests' | 'handled' | 'users' | 'completions' | 'written' | 'changed' | 'failed') =>
    days.reduce((total, day) => total + day[field], 0)
  const failures = stored.flatMap(({ day, timeZone, result }) =>
    (result?.failures ?? []).map(({ userId, error }) => ({ day, timeZone, user: userId, error })),
  )
  return {
    ...listed,
    done: days.filter(({ state }) => state === 'done').length,
    ...{ requests: sum('requests'), handled: sum('handled') },
    ...{ users: sum('users'), completions: sum('completions') },
    ...{ written: sum('written'), changed: sum('changed'), failed: sum('failed') },
    failures: failures.slice(0, MAX_FAILURES),
    days,
  }
}

function dayBody({ day, timeZone, state, requests = 0, result }: RerunDay, handled: number): Day {
  const { how, users = 0, completions = 0, written = 0, changed = 0, failed = 0 } = result ?? {}
  const known = how === undefined ? {} : { how }
  return {
    ...{ day, timeZone, state, ...known, requests, handled },
    ...{ users, completions, written, changed, failed },
  }
}

function logBody(log: Omit<UserLog, 'outbox'> | undefined): NonNullable<Day['log']> {
  if (log === undefined) return { state: 'absent', revision: 0, sha256: null, writtenAt: null }
  const { state, revision, sha256, writtenAt } = log
  const seen = state === 'written' && revision > 1 ? 'amended' : state
  return { state: seen, revision, sha256, writtenAt: writtenAt?.toISOString() ?? null }
}
