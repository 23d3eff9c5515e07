import type { Adding } from '../../adding/open-adding.ts'
import type { JobCommands } from '../../commands/open-commands.ts'
import type { Groups } from '../../groups/open-groups.ts'
import type { JobQueries } from '../../queries/open-queries.ts'

/** What the routes on jobs and groups need. */
export interface JobRoutes extends JobCommands, JobQueries {
  adding: Adding
  groups: Groups
}
