import { randomUUID } from 'node:crypto'
import { topics } from '@daybook/shared/events'
import type { KafkaPort, Offsets } from '@daybook/shared/kafka'
import type { Logger } from 'pino'
import type { LogsApart } from '../apart/apart-store.ts'
import { concurrently } from '../concurrently.ts'
import { safeName } from '../logs/file-names.ts'
import type { LogReader } from '../logs/read-logs.ts'
import type { UserLogs } from '../logs/user-log-store.ts'
import type { Manifests } from '../manifests/manifest-files.ts'
import type { LogAgeStore } from '../old-days/log-ages-store.ts'
import type { Completion } from '../projection/completion.ts'
import type { Completions } from '../projection/completion-store.ts'
import { readEvent } from '../projection/read-events.ts'
import { runId } from '../run-id.ts'
import type { Runs } from '../runs/run-store.ts'
import { compareListed, type DayManifests, readManifests } from './compare-manifests.ts'
import { compareFiles, compareProjection } from './compare-user.ts'
import { type Recount, recount } from './recount.ts'
import { settled } from './settled.ts'

const MAX_CONCURRENT = 16
// What changes while it is compared is compared again. Three times, because a user may be busy.
const ROUNDS = 3

export interface VerifyDeps {
  kafka: KafkaPort
  /** How far the projection is, see `projectionPosition`. */
  projectedOffsets: () => Promise<Offsets>
  completions: Pick<Completions, 'ofUser'>
  userLogs: Pick<UserLogs, 'find' | 'countUnpublished'>
  logsApart: Pick<LogsApart, 'countOfDay'>
  manifests: Pick<Manifests, 'read'>
  runs: Pick<Runs, 'find'>
  files: LogReader
  logAges: Pick<LogAgeStore, 'read'>
  /** The users of whom something is stored on a day. */
  storedUsers: (day: string) => Promise<Set<string>>
  /** Whether each completed task has a file of its own. */
  taskFiles: boolean
  report: (line: string) => void
  log: Logger
}

/** What was compared, and what differs. */
export interface Verification {
  users: number
  completions: number
  /** Records and batches of daybook.tasks that are no events: they are dead letters, and count nowhere. */
  unreadable: number
  /** The runs that are not done. The files of their users are not compared. */
  open: string[]
  /** The runs that earlier versions reported: they made no manifest that could be compared. */
  without: string[]
  /** Whether the files of the day were removed because of their age: then they are not compared, only their records. */
  removed: boolean
  /** A sentence for each difference. It begins with the user, if it is about one. */
  differences: string[]
}

/**
 * Reads all events again, recounts a day, and compares it with the projection and the files. It changes nothing. What reporting
 * still has to handle is waited for.
 * @throws what Kafka, MongoDB or the file system throws
 */
export async function verifyDay(day: string, deps: VerifyDeps): Promise<Verification> {
  const { kafka, report } = deps
  const group = `reporting-verify-${randomUUID()}`
  const counted = recount(day)
  let unreadable = 0
  const consumer = await kafka.consume({
    group,
    topic: topics.tasks.name,
    async handle(messages) {
      for (const message of messages) {
        const reading = readEvent(message)
        if (reading.status === 'event') counted.add(reading.event, message)
        if (reading.status === 'unreadable') unreadable += 1
      }
    },
    async park(_message, error) {
      throw error
    },
    skipUndecodable(error) {
      report(error.message)
      unreadable += 1
    },
  })
  try {
    await settled(day, group, deps)
    const all = new Set([...counted.users(), ...(await deps.storedUsers(day))])
    let manifests = await readManifests(day, counted, deps)
    let differing = await compareUsers([...all], { day, counted, manifests }, deps)
    for (let round = 1; round < ROUNDS && differing.byUser.size > 0; round += 1) {
      await settled(day, group, deps)
      manifests = await readManifests(day, counted, deps)
      differing = await compareUsers(
        [...differing.byUser.keys()],
        { day, counted, manifests },
        deps,
        differing.open,
      )
    }
    const removed = await isRemoved(day, deps)
    const ofUsers = [...differing.byUser].flatMap(([user, found]) => found.map(one => `${user}: ${one}`))
    return {
      users: all.size,
      completions: counted.users().reduce((sum, user) => sum + counted.ofUser(user).length, 0),
      unreadable,
      open: [...differing.open].sort(),
      without: manifests.without.sort(),
      removed,
      differences: [
        ...ofUsers,
        ...manifests.differences,
        ...(removed ? [] : await strangeFiles(day, all, deps.files)),
      ].sort(),
    }
  } finally {
    await consumer.stop()
  }
}

/** @returns the differences by user, for users who have some, and the ids of runs that are not done */
async function compareUsers(
  users: string[],
  { day, counted, manifests }: { day: string; counted: Recount; manifests: DayManifests },
  deps: VerifyDeps,
  open = new Set<string>(),
): Promise<{ byUser: Map<string, string[]>; open: Set<string> }> {
  const { completions, userLogs, runs, files, taskFiles } = deps
  const byUser = new Map<string, string[]>()
  const removed = await isRemoved(day, deps)
  const isReported = async (expected: Completion[]) => {
    const ids = [...new Set(expected.map(({ timeZone }) => runId(day, timeZone)))]
    const done = new Set((await runs.find(ids)).filter(({ state }) => state === 'done').map(({ _id }) => _id))
    const missing = ids.filter(id => !done.has(id))
    for (const id of missing) open.add(id)
    return missing.length === 0
  }
  await concurrently(users, MAX_CONCURRENT, async userId => {
    const expected = counted.ofUser(userId)
    const differences = compareProjection({ expected, projected: await completions.ofUser(userId, day) })
    if (await isReported(expected)) {
      const log = await userLogs.find(day, userId)
      const found = removed ? undefined : await files.readAll(day, userId)
      differences.push(...compareFiles({ expected, log, files: found, taskFiles }))
      if (log?.state !== 'failed') differences.push(...compareListed(userId, expected, manifests))
    }
    if (differences.length > 0) byUser.set(userId, differences)
  })
  return { byUser, open }
}

const isRemoved = async (day: string, { logAges }: VerifyDeps) => day <= (await logAges.read()).removedThrough

/** @returns a sentence for each file and folder of a day that belongs to none of its users */
async function strangeFiles(day: string, users: Set<string>, files: LogReader): Promise<string[]> {
  const known = new Set([...users].map(safeName))
  const strange = (await files.names(day)).filter(name => !known.has(name.replace(/\.log$/, '')))
  return strange.map(name => `${day}/${name} belongs to no user of the day`)
}
