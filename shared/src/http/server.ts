import helmet from '@fastify/helmet'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify, { type FastifyBaseLogger, LogController } from 'fastify'
import type { Registry } from 'prom-client'
import { formats } from '../validation/ajv.ts'
import { type AuthOptions, authenticate } from './auth/auth.ts'
import { documentOptions } from './document.ts'
import { type Checks, serveHealth } from './health.ts'
import { LIMITS, type Limits, limiting } from './limits.ts'
import { serveMetrics } from './metrics.ts'
import { readBodies } from './requests/body.ts'
import { refuseUnknownPaths } from './requests/known-paths.ts'
import { refuseConnect, refuseConnection } from './requests/refused-connections.ts'
import { refuseMalformedTargets } from './requests/request-target.ts'
import { validateStrictly } from './requests/strict-validation.ts'
import type { App } from './routes/app.ts'
import { answerWithProblem, BODY_LIMIT } from './routes/problem.ts'
import { securityHeaders } from './security-headers.ts'
import { traceRequests } from './trace.ts'

export interface ServerOptions {
  /** The service's name and what it is for, as its documentation page says. */
  title: string
  description: string
  log: FastifyBaseLogger
  auth: AuthOptions
  checks: Checks
  /** The service's own metrics, told at `/metrics` with those of every service. */
  metrics?: Registry
  /** How long a client may take; `LIMITS`, if not given. */
  limits?: Limits
}

/**
 * A service's HTTP face before its own routes: tokens, problems, health, metrics, trace context, and the OpenAPI 3.1
 * document of the routes at `/docs/json`, its page at `/docs`.
 */
export async function buildServer(options: ServerOptions): Promise<App> {
  const app: App = fastify({
    loggerInstance: options.log,
    logController: new LogController({ disableRequestLogging: true }),
    serializerOpts: { ajv: { formats } },
    // A closing service answers what is under way and ends idle connections, so that it stops in time.
    forceCloseConnections: 'idle',
    bodyLimit: BODY_LIMIT,
    ...limiting(options.limits ?? LIMITS),
    // As long as the head of a request may be: the schema of a route judges its parameters, long ones too.
    routerOptions: { maxParamLength: 16_384 },
    // What fails before there is a route, as a path that is not well encoded, passes the error handler by.
    frameworkErrors: answerWithProblem,
    clientErrorHandler: refuseConnection,
  }).withTypeProvider<TypeBoxTypeProvider>()

  await app.register(helmet, securityHeaders)
  refuseConnect(app)
  refuseMalformedTargets(app)
  readBodies(app)
  validateStrictly(app)
  app.setErrorHandler(answerWithProblem)
  refuseUnknownPaths(app)
  traceRequests(app)
  authenticate(app, options.auth)
  await app.register(swagger, documentOptions(options))
  await app.register(swaggerUi, { routePrefix: '/docs' })
  serveMetrics(app, options.metrics)
  serveHealth(app, options.checks)
  return app
}

/** Starts listening, and says where in a log line whose `url` a supervisor can wait for. */
export async function listen(app: App, { HOST, PORT }: { HOST: string; PORT: number }): Promise<void> {
  const url = await app.listen({ host: HOST, port: PORT })
  app.log.info({ url }, 'listening')
}

/** The options of `authenticate` from a service's settings. */
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
