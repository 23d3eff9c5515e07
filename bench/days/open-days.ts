import { join } from 'node:path'
import type { Bench, Subject } from '../harness/benchmark.ts'
import { runReference } from '../harness/references.ts'
import { openPeers } from '../peers/open-peers.ts'
import { completions, DAY, fillProjection, TIME_ZONE } from './completions.ts'
import { newFolders, SameFiles } from './files.ts'
import { openDayBench } from './reporting.ts'

export const PLAIN = 'one plain program'
export const CELERY_REDIS = 'Celery + Redis'
export const CELERY_RABBITMQ = 'Celery + RabbitMQ'
export const BULLMQ = 'BullMQ'

const USERS = 10_000
const TASKS = 20
const database = 'days'

/** The programs that write the files of the same day. All of them must write the same bytes. */
export interface Days {
  users: number
  /** Writes the files of the day with Daybook. @returns the seconds from EndOfDay to DayReported */
  daybook: (processes: number) => Promise<number>
  /** Writes them with the plain program. @returns its seconds */
  plain: () => Promise<number>
  /** The peers, each with the seconds of one run. */
  peers: (Omit<Subject, 'run'> & { seconds: () => Promise<number> })[]
}

/** Stores the completions of 10,000 users with 20 tasks each, and starts what all programs need. */
export async function openDays(bench: Bench, taskFiles: boolean): Promise<Days> {
  const users = bench.scaled(USERS)
  const { uri } = await bench.mongo()
  await fillProjection(uri, database, completions(users, 0, users * TASKS))
  const reporting = await openDayBench(bench)
  const [files, newFolder] = [new SameFiles(), newFolders(bench.dir)]
  const day = { uri, database, day: DAY, timeZone: TIME_ZONE, taskFiles }
  /** Runs a program on a new folder, and compares its files. */
  const checked = async (name: string, run: (dir: string) => Promise<number>) => {
    const dir = newFolder()
    const seconds = await run(dir)
    files.check(name, join(dir, DAY))
    return seconds
  }
  return {
    users,
    daybook: processes =>
      checked('Daybook', async dir => {
        const running = await reporting.start({ database, dir, taskFiles, processes })
        const seconds = await reporting.report()
        await running.stop()
        return seconds
      }),
    plain: () =>
      checked(
        PLAIN,
        async dir => (await runReference(bench, 'end-of-day', { ...day, dir })).seconds ?? Number.NaN,
      ),
    peers: (await openPeers(bench)).map(({ run, ...peer }) => ({
      ...peer,
      seconds: () => checked(peer.name, dir => run({ ...day, work: 'end-of-day', dir })),
    })),
  }
}
