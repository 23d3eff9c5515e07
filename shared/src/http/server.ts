import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify, { type FastifyBaseLogger, LogController } from 'fastify'
import type { Registry } from 'prom-client'
import { formats } from '../validation/ajv.ts'
import { type AuthOptions, authenticate } from './auth/auth.ts'
import { allowOrigins } from './clients/cors.ts'
import { limitRequests, type RateLimit } from './clients/rate-limit.ts'
import { closeAnswered } from './closing.ts'
import { documentOptions } from './document/document.ts'
import { type Checks, type Consumers, serveHealth } from './health.ts'
import { serveMetrics } from './metrics.ts'
import { sendNoBody } from './no-body.ts'
import { readBodies } from './requests/body.ts'
import { refuseUnknownPaths } from './requests/known-paths.ts'
import { refuseConnect, refuseConnection } from './requests/refused-connections.ts'
import { refuseMalformedTargets } from './requests/request-target.ts'
import { validateStrictly } from './requests/strict-validation.ts'
import type { App } from './routes/app.ts'
import { BODY_LIMIT, LIMITS, type Limits, limitOptions } from './routes/limits.ts'
import { answerWithProblem } from './routes/problem.ts'
import { logRequests } from './routes/request-log.ts'
import { addSecurityHeaders } from './security-headers.ts'
import { traceIdOf, traceRequests } from './trace.ts'

export interface ServerOptions {
  /** The name of the service, for its OpenAPI document. */
  title: string
  /** What the service does, for its OpenAPI document. */
  description: string
  log: FastifyBaseLogger
  auth: AuthOptions
  checks: Checks
  /** The Kafka consumers that `/health/ready` shows. */
  consumers?: Consumers
  /** The service's own metrics. `/metrics` adds the metrics that every service has. */
  metrics?: Registry
  /** What clients may do besides; default: no other origins, no limit of requests. */
  clients?: ClientOptions
  /** Makes the document that `/docs` shows from that of the routes; default: that of the routes. */
  wholeDocument?: (own: object) => Promise<object>
  /** The time limits for clients; default: `LIMITS`. */
  limits?: Limits
}

/** What clients may do. */
export interface ClientOptions {
  /** The origins whose pages may call the service, see `allowOrigins`. */
  origins?: string | undefined
  /** The limit of each user. */
  rate?: RateLimit | undefined
}

/**
 * Builds a service's HTTP server without the service's own routes: authentication, problems, health, metrics, trace context,
 * the OpenAPI 3.1 document of the routes at `/docs/json`, and its page at `/docs`.
 */
export async function buildServer(options: ServerOptions): Promise<App> {
  const app: App = fastify({
    loggerInstance: options.log,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'trace' }),
    genReqId: traceIdOf,
    serializerOpts: { ajv: { formats } },
    // A closing service finishes the requests in progress and closes idle connections, so that it stops in time.
    forceCloseConnections: 'idle',
    bodyLimit: BODY_LIMIT,
    ...limitOptions(options.limits ?? LIMITS),
    // The limit of a request's head. The schema of a route checks its parameters, also long ones.
    routerOptions: { maxParamLength: 16_384 },
    // Errors before routing, for example for a malformed path, do not reach the error handler.
    frameworkErrors: answerWithProblem,
    clientErrorHandler: refuseConnection,
  }).withTypeProvider<TypeBoxTypeProvider>()

  addSecurityHeaders(app)
  await allowOrigins(app, options.clients?.origins)
  closeAnswered(app)
  sendNoBody(app)
  refuseConnect(app)
  refuseMalformedTargets(app)
  readBodies(app)
  validateStrictly(app)
  app.setErrorHandler(answerWithProblem)
  refuseUnknownPaths(app)
  traceRequests(app)
  authenticate(app, options.auth)
  limitRequests(app, options.clients?.rate)
  logRequests(app)
  await app.register(swagger, documentOptions(options))
  await app.register(swaggerUi, { routePrefix: '/docs', ...shown(app, options.wholeDocument) })
  serveMetrics(app, options.metrics)
  serveHealth(app, options.checks, options.consumers)
  return app
}

/** The options with which the page at `/docs` shows another document. The page's own hook for that cannot wait. */
function shown(app: App, make: ServerOptions['wholeDocument']) {
  if (make === undefined) return {}
  let made: object = {}
  const preHandler = async () => {
    made = await make(app.swagger())
  }
  return { uiHooks: { preHandler }, transformSpecification: () => made, transformSpecificationClone: false }
}

/** Starts listening, and logs a line with the `url`, which a supervisor can wait for. */
export async function listen(app: App, { HOST, PORT }: { HOST: string; PORT: number }): Promise<void> {
  const url = await app.listen({ host: HOST, port: PORT })
  app.log.info({ url }, 'listening')
}

/** Makes the options of `authenticate` from a service's settings. */
export function authFrom(config: {
  AUTH_SECRET?: string
  AUTH_JWKS_URL?: string
  AUTH_ISSUER?: string
  AUTH_AUDIENCE?: string
  AUTH_CLOCK_TOLERANCE_SECONDS: number
  DEFAULT_TIME_ZONE: string
}): AuthOptions {
  return {
    key: config.AUTH_SECRET ? { secret: config.AUTH_SECRET } : { jwksUrl: config.AUTH_JWKS_URL ?? '' },
    issuer: config.AUTH_ISSUER,
    audience: config.AUTH_AUDIENCE,
    clockTolerance: config.AUTH_CLOCK_TOLERANCE_SECONDS,
    defaultTimeZone: config.DEFAULT_TIME_ZONE,
  }
}

/** Makes what clients may do from a service's settings. */
export const clientsFrom = (config: {
  CORS_ORIGINS?: string
  RATE_LIMIT_PER_SECOND: number
  RATE_LIMIT_BURST: number
}): ClientOptions => ({
  origins: config.CORS_ORIGINS,
  rate:
    config.RATE_LIMIT_PER_SECOND === 0
      ? undefined
      : { perSecond: config.RATE_LIMIT_PER_SECOND, burst: config.RATE_LIMIT_BURST },
})
