import { Type } from 'typebox'
import type { App } from './routes/app.ts'

/** What must be right for a service to be of use; each answers with its trouble, or undefined; or throws it. */
export type Checks = Record<string, () => string | undefined | Promise<string | undefined>>

const State = Type.Object({
  status: Type.Enum(['ok', 'not ready']),
  troubles: Type.Record(Type.String(), Type.String(), { description: 'What is not ready, and why' }),
})

const route = (summary: string) => ({
  config: { public: true },
  logLevel: 'warn' as const,
  schema: { summary, tags: ['health'], security: [], response: { 200: State, 503: State } },
})

/** `/health/live`: the process answers. `/health/ready`: all that it needs is there. */
export function serveHealth(app: App, checks: Checks): void {
  app.get('/health/live', route('Whether the process answers'), () => ({
    status: 'ok' as const,
    troubles: {},
  }))

  app.get('/health/ready', route('Whether all that the service needs is there'), async (_request, reply) => {
    const found = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, await ask(check)] as const),
    )
    const troubles = Object.fromEntries(found.filter(([, trouble]) => trouble !== undefined)) as Record<
      string,
      string
    >
    const ready = Object.keys(troubles).length === 0
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ok' : 'not ready', troubles })
  })
}

/** A check that fails is a trouble too. */
async function ask(check: Checks[string]): Promise<string | undefined> {
  try {
    return await check()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
