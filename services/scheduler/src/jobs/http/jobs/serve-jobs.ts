import type { App } from '@daybook/shared/http'
import { serveAddGroup } from './add-group.ts'
import { serveAddJob } from './add-job.ts'
import { serveChanges } from './change-job.ts'
import { serveManyChanges } from './change-many.ts'
import type { JobRoutes } from './job-routes.ts'
import { serveList } from './list-jobs.ts'
import { serveGroup } from './read-group.ts'
import { serveJob } from './read-job.ts'

/** Serves the routes on jobs and groups. */
export function serveJobs(app: App, routes: JobRoutes): void {
  serveAddJob(app, routes)
  serveList(app, routes)
  serveJob(app, routes)
  serveChanges(app, routes)
  serveManyChanges(app, routes)
  serveAddGroup(app, routes)
  serveGroup(app, routes)
}
