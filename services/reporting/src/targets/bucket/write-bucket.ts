import { isOutage } from '@daybook/shared/failures/outage'
import pMap from 'p-map'
import { logPath } from '../../logs/file-names.ts'
import { deadline } from '../../logs/files/deadline.ts'
import { GZ, gzip } from '../../logs/files/gzip.ts'
import type { DayFiles } from '../../logs/log-files.ts'
import type { Bucket } from './bucket.ts'

/** How many requests a batch has in flight. */
const AT_ONCE = 16

/** A request for the files of a user, by the user's place in the batch. */
interface Step {
  user: number
  run: () => Promise<void>
}

/** The changes of a user's objects. */
interface Change {
  /** The task files that are missing: from key to text. */
  tasks: [key: string, text: string][]
  log: [key: string, text: string] | undefined
  removals: string[]
}

/**
 * Writes days of users, as `LogFiles.write` says. An object is whole or absent, and durable when its request is answered. The log
 * comes after the task files, and removals come last: a killed process leaves nothing that the next writing does not mend.
 */
export async function writeDays(
  bucket: Bucket,
  days: DayFiles[],
  timeLimit: number,
): Promise<(Error | undefined)[]> {
  const check = deadline(timeLimit)
  const failures = new Array<Error | undefined>(days.length).fill(undefined)
  let outage: Error | undefined
  const all = (steps: Step[]) =>
    pMap(
      steps,
      async ({ user, run }) => {
        // During an outage each further request would only wait for its time limit.
        if (failures[user] !== undefined || outage !== undefined) return
        try {
          check()
          await run()
        } catch (error) {
          failures[user] = error as Error
          if (isOutage(error)) outage = error as Error
        }
      },
      { concurrency: AT_ONCE },
    )
  const changes: Change[] = []
  const steps = (of: (change: Change) => (() => Promise<unknown>)[]): Step[] =>
    changes.flatMap((change, user) =>
      of(change).map(work => ({ user, run: async () => void (await work()) })),
    )
  const puts = (files: Change['tasks']) =>
    files.map(
      ([key, text]) =>
        () =>
          put(bucket, key, text),
    )

  await all(
    days.map((day, user) => ({
      user,
      run: async () => {
        changes[user] = await changeOf(bucket, day)
      },
    })),
  )
  await all(steps(({ tasks }) => puts(tasks)))
  await all(steps(({ log }) => puts(log === undefined ? [] : [log])))
  await all(steps(({ removals }) => (removals.length > 0 ? [() => remove(bucket, removals)] : [])))
  return failures.map(failure => failure ?? outage)
}

const put = (bucket: Bucket, key: string, text: string) =>
  bucket.put(key, key.endsWith(GZ) ? gzip(text) : text)

/** Removes compressed objects after the plain ones, see `bucketDays`. */
async function remove(bucket: Bucket, keys: string[]): Promise<void> {
  const isCompressed = (key: string) => key.endsWith(GZ)
  await bucket.remove(keys.filter(key => !isCompressed(key)))
  await bucket.remove(keys.filter(isCompressed))
}

async function changeOf(
  bucket: Bucket,
  { day, userId, log, tasks, compressed, whole = false }: DayFiles,
): Promise<Change> {
  const path = logPath(day, userId)
  const [plain, suffix] = [`${path}.log`, compressed ? GZ : '']
  const others =
    tasks === undefined
      ? { tasks: [], removals: [] }
      : await taskChanges(bucket, path, { tasks, whole }, suffix)
  if (log === null) return { ...others, log: undefined, removals: [...others.removals, plain, plain + GZ] }
  return {
    tasks: others.tasks,
    log: [plain + suffix, log],
    removals: compressed ? [...others.removals, plain] : others.removals,
  }
}

async function taskChanges(
  bucket: Bucket,
  path: string,
  { tasks, whole }: { tasks: Map<string, string>; whole: boolean },
  suffix: string,
) {
  const wanted = new Map([...tasks].map(([name, text]) => [`${path}/${name}${suffix}`, text]))
  const stale: string[] = []
  // A task file's name contains the id and the time of the completion, so an object that is present is current, unless
  // somebody else has changed it.
  for await (const key of bucket.keys(`${path}/`)) {
    // In both forms, because the object may just be compressed.
    if (!wanted.has(key)) stale.push(...[key, key + GZ].filter(form => !wanted.has(form)))
    else if (!whole) wanted.delete(key)
  }
  return { tasks: [...wanted], removals: stale }
}
