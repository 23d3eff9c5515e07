import type { App } from '@daybook/shared/http'
import type { Claim } from '../../dispatch/claim.ts'
import type { Kinds } from '../../kinds/kind-store.ts'
import type { Outcomes } from '../../outcomes/open-outcomes.ts'
import { serveAttempts } from './attempt-routes.ts'
import { serveClaim } from './claim-route.ts'
import { serveWorkerList } from './list-workers.ts'
import { serveWorkers } from './worker-routes.ts'

/** Serves the routes on workers, and those for workers without Kafka. */
export function serveWorkerRoutes(
  app: App,
  { http, workerList, leaseMs, beatMs }: Pick<Outcomes, 'http' | 'workerList' | 'leaseMs' | 'beatMs'>,
  { kinds, claim }: { kinds: Kinds; claim: Claim },
): void {
  serveWorkerList(app, workerList)
  serveWorkers(app, http)
  serveAttempts(app, { ...http, kinds, leaseMs })
  serveClaim(app, { ...http, claim, beatMs })
}
