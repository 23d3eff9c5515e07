import { type App, problems } from '@daybook/shared/http'
import type { Claim } from '../../dispatch/claim.ts'
import { beatFor, whatToTell } from '../../outcomes/http-workers/follow-workers.ts'
import type { Signals } from '../../stored/signals.ts'
import { tags, type WorkerRoutes, workerScope } from './worker-routes.ts'
import { ClaimBody, Claimed, LanePath } from './worker-schemas.ts'

export interface ClaimRoutes extends WorkerRoutes {
  claim: Claim
  /** How often the worker's beat is sent while it waits, in milliseconds. */
  beatMs: number
}

const ASK_EVERY_MS = 500

/** Serves `POST /lanes/:lane/claim`. */
export function serveClaim(app: App, deps: ClaimRoutes): void {
  const schema = {
    operationId: 'claimAttempts',
    summary: 'Take jobs of a lane, for a worker without Kafka',
    description:
      'The attempts are for this worker alone. It has 30 s to start each. With `wait`, the answer comes as soon as there is a job. A claim is a beat too.',
    tags,
    params: LanePath,
    body: ClaimBody,
    response: { 200: Claimed, ...problems('DAYBOOK_JOB_ENDED') },
  }
  const nextWork = waitForWork(deps.base.signals)
  app.post('/lanes/:lane/claim', { ...workerScope, schema }, async ({ params: { lane }, body, signal }) => {
    const { wait = 0, max = 1, slots = 1, ...about } = body
    const worker = { ...about, slots, lanes: [lane] }
    const until = performance.now() + wait * 1000
    for (let beatAt = Number.NEGATIVE_INFINITY; ; ) {
      if (performance.now() - beatAt >= deps.beatMs) {
        await beatFor(deps, worker)
        beatAt = performance.now()
      }
      const { quiet } = await whatToTell(deps, body.worker, [])
      const due = quiet ? [] : await deps.claim(lane, body.worker, { kinds: body.kinds, max })
      const left = until - performance.now()
      if (due.length > 0 || left <= 0 || signal.aborted) return { jobs: due.map(({ data }) => data) }
      await nextWork(Math.min(left, ASK_EVERY_MS))
    }
  })
}

/** Makes a function that waits for ready work of this process, or so many milliseconds: other processes send no signal. */
function waitForWork(signals: Signals): (ms: number) => Promise<void> {
  const waiting = new Set<() => void>()
  signals.on('work', () => {
    for (const wake of waiting) wake()
  })
  return async ms => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, ms)
    waiting.add(resolve)
    await promise
    clearTimeout(timer)
    waiting.delete(resolve)
  }
}
