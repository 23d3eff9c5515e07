import { buildServer } from '@daybook/shared/http'
import type { EmbeddedEvent } from '@daybook/shared/outbox'
import { AUTH_SECRET, client, makeStack, silent, token } from '@daybook/shared/testing'
import type { Test } from 'tap'
import { openAdding } from '../../src/jobs/adding/open-adding.ts'
import type { AttemptInHand } from '../../src/jobs/commands/cancel-store.ts'
import { openCommands } from '../../src/jobs/commands/open-commands.ts'
import { startGroups } from '../../src/jobs/groups/start-groups.ts'
import { serveJobs } from '../../src/jobs/http/jobs/serve-jobs.ts'
import type { Kind } from '../../src/jobs/kinds/kind.ts'
import type { Admission } from '../../src/jobs/limits/open-admission.ts'
import { openQueries } from '../../src/jobs/queries/open-queries.ts'
import type { Job } from '../../src/jobs/stored/job.ts'
import { openJobsBase } from '../../src/jobs/stored/open-jobs-store.ts'
import type { FinishedJob } from '../../src/jobs/stored/signals.ts'
import { kindsOf, retention } from './adding.ts'
import { storedJob } from './stored-jobs.ts'

export interface ApiOptions {
  kinds?: Record<string, Partial<Kind>>
  limitReason?: Admission['limitReason']
  /** Publishes CancelRequested. Default: remembers it in `told`. */
  tellWorkers?: (attempts: AttemptInHand[]) => Promise<void>
}

/** Serves the routes on jobs over real stores, in this process, without a dispatcher and without workers. */
export async function makeJobApi(t: Test, options: ApiOptions = {}) {
  const stack = await makeStack(t)
  const fail = (error: Error) => t.fail('a part of jobs failed', { error })
  const base = await openJobsBase(stack.db, { log: silent, fail })
  t.teardown(base.stop)
  const [told, finished] = [[] as AttemptInHand[], [] as FinishedJob[]]
  const offered: EmbeddedEvent[] = []
  base.signals.on('finished', jobs => finished.push(...jobs))
  const { tellWorkers = async attempts => void told.push(...attempts) } = options
  const kinds = kindsOf(options.kinds)
  const commands = openCommands(base, {
    retention,
    tellWorkers,
    offer: events => void offered.push(...events),
  })
  const cancel = commands.cancelJobs
  const adding = await openAdding(base, kinds, { retention, keepIds: 1_209_600_000, cancel })
  const limitReason = options.limitReason ?? (async () => undefined)
  const queries = openQueries(base, kinds, { admission: { limitReason }, leaseMs: 30_000 })
  const auth = { key: { secret: AUTH_SECRET }, defaultTimeZone: 'UTC' }
  const app = await buildServer({ title: 'Jobs', description: 'Jobs', log: silent, auth, checks: {} })
  const kafka = { publish: async () => ({ appendedAt: undefined }) }
  const { groups, stop } = startGroups(base, adding, { kafka, retention: retention.failed })
  serveJobs(app, { adding, groups, ...commands, ...queries })
  t.teardown(async () => {
    queries.waiters.stop()
    await app.close()
    await stop()
  })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const as = async (user: string, scope?: string) => client(url, await token(user, scope ? { scope } : {}))
  return {
    ...{ stack, base, url, told, finished, offered },
    alice: await as('alice', 'jobs'),
    bob: await as('bob', 'jobs'),
    operator: await as('op', 'admin'),
    nobody: await as('nobody'),
    /** Stores a job in a state, as the other parts of jobs would. */
    store: async (id: string, fields: Partial<Job> = {}) =>
      void (await base.jobs.collection.insertOne(storedJob(id, fields) as never)),
    stored: async (id: string) => (await base.jobs.findById(id).orFail().lean<Job>()) as Job,
  }
}
