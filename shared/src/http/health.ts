import { Type } from 'typebox'
import type { App } from './routes/app.ts'

/** The readiness checks of a service by name. A check returns what is wrong, or undefined, or throws what is wrong. */
export type Checks = Record<string, () => string | undefined | Promise<string | undefined>>

const State = Type.Object({
  status: Type.Enum(['ok', 'not ready']),
  troubles: Type.Record(Type.String(), Type.String(), {
    description: 'The parts that are not ready, each with the reason',
  }),
})

const route = (summary: string) => ({
  config: { public: true },
  logLevel: 'warn' as const,
  schema: { summary, tags: ['health'], security: [], response: { 200: State, 503: State } },
})

/** Serves `/health/live`, which says that the process answers, and `/health/ready`, which runs the readiness checks. */
export function serveHealth(app: App, checks: Checks): void {
  app.get('/health/live', route('Whether the process answers'), () => ({
    status: 'ok' as const,
    troubles: {},
  }))

  app.get(
    '/health/ready',
    route('Whether everything that the service needs is available'),
    async (_request, reply) => {
      const found = await Promise.all(
        Object.entries(checks).map(async ([name, check]) => [name, await ask(check)] as const),
      )
      const troubles = Object.fromEntries(found.filter(([, trouble]) => trouble !== undefined)) as Record<
        string,
        string
      >
      const ready = Object.keys(troubles).length === 0
      return reply.code(ready ? 200 : 503).send({ status: ready ? 'ok' : 'not ready', troubles })
    },
  )
}

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
