import type { Lag, RunningConsumer } from '../kafka/index.ts'
import { version } from '../process/version.ts'
import { Health } from './health-schema.ts'
import type { App } from './routes/app.ts'

/** The readiness checks of a service by name. A check returns what is wrong, or undefined, or throws what is wrong. */
export type Checks = Record<string, () => string | undefined | Promise<string | undefined>>

/** The consumers of a process. */
export type Consumers = () => Pick<RunningConsumer, 'group' | 'topic' | 'trouble' | 'measured'>[]

const route = (operationId: string, summary: string) => ({
  config: { public: true },
  logLevel: 'warn' as const,
  schema: { operationId, summary, tags: ['health'], security: [], response: { 200: Health, 503: Health } },
})

/**
 * Serves `/health/live`, which says that the process answers, and `/health/ready`, which runs the readiness checks and shows how
 * far the consumers are.
 */
export function serveHealth(app: App, checks: Checks, consumers?: Consumers): void {
  app.get('/health/live', route('isLive', 'Whether the process answers'), () => ({
    status: 'ok' as const,
    troubles: {},
    version,
  }))

  app.get(
    '/health/ready',
    route('isReady', 'Whether everything that the service needs is available'),
    async (_request, reply) => {
      const found = await Promise.all(
        Object.entries(checks).map(async ([name, check]) => [name, await ask(check)] as const),
      )
      const troubles = Object.fromEntries(found.filter(([, trouble]) => trouble !== undefined)) as Record<
        string,
        string
      >
      const ready = Object.keys(troubles).length === 0
      const status = ready ? 'ok' : 'not ready'
      const shownConsumers = consumers && { consumers: consumers().map(shown) }
      return reply.code(ready ? 200 : 503).send({ status, troubles, version, ...shownConsumers })
    },
  )
}

function shown({ group, topic, trouble, measured }: ReturnType<Consumers>[number]) {
  const { lags, groupLags, at } = measured() ?? { lags: [], groupLags: [] }
  return {
    group,
    topic,
    state: trouble() ?? 'consuming',
    measuredAt: at?.toISOString() ?? null,
    partitions: lags.map(shownLag),
    groupPartitions: groupLags.map(shownLag),
  }
}

const shownLag = ({ partition, position, end, behindMs }: Lag) => ({
  partition,
  position: String(position),
  lag: String(end - position),
  ...(behindMs === undefined ? {} : { behindSeconds: Math.round(behindMs / 1000) }),
})

/**
 * Runs a check. Returns what is wrong, which may be the message of an error that the check threw; undefined when
 * nothing is wrong.
 */
async function ask(check: Checks[string]): Promise<string | undefined> {
  try {
    return await check()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
