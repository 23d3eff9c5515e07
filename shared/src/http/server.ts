import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from 'fastify'
import { formats } from '../validation.ts'
import { type AuthOptions, authenticate } from './auth.ts'
import { type Checks, serveHealth } from './health.ts'
import { serveMetrics } from './metrics.ts'
import { answerWithProblems } from './problem.ts'
import { traceRequests } from './trace.ts'

export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

export interface ServerOptions {
  /** The service's name and what it is for, as its documentation page says. */
  title: string
  description: string
  log: FastifyBaseLogger
  auth: AuthOptions
  checks: Checks
}

/**
 * A service's HTTP face before its own routes: tokens, problems, health, metrics, trace context, and the OpenAPI 3.1
 * document of the routes at `/docs/json`, its page at `/docs`.
 */
export async function buildServer(options: ServerOptions): Promise<App> {
  const app: App = fastify({
    loggerInstance: options.log,
    disableRequestLogging: true,
    // A closing service answers what is under way and ends idle connections, so that it stops in time.
    forceCloseConnections: 'idle',
    ajv: {
      customOptions: {
        allErrors: true,
        // Fastify would silently drop what the schema does not know; a client had better hear of its typing error.
        removeAdditional: false,
        formats,
      },
    },
  }).withTypeProvider<TypeBoxTypeProvider>()

  answerWithProblems(app)
  traceRequests(app)
  authenticate(app, options.auth)
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: options.title, description: options.description, version: '1' },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
      security: [{ bearer: [] }],
    },
  })
  await app.register(swaggerUi, { routePrefix: '/docs' })
  serveMetrics(app)
  serveHealth(app, options.checks)
  return app
}

/** The options of `authenticate` from a service's settings. */
export function authFrom(config: {
  AUTH_SECRET?: string
  AUTH_JWKS_URL?: string
  AUTH_ISSUER?: string
  AUTH_AUDIENCE?: string
  DEFAULT_TIME_ZONE: string
}): AuthOptions {
  return {
    key: config.AUTH_SECRET ? { secret: config.AUTH_SECRET } : { jwksUrl: config.AUTH_JWKS_URL ?? '' },
    issuer: config.AUTH_ISSUER,
    audience: config.AUTH_AUDIENCE,
    defaultTimeZone: config.DEFAULT_TIME_ZONE,
  }
}
