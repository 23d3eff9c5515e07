import cors from '@fastify/cors'
import type { App } from '../routes/app.ts'

/**
 * Lets pages of other origins call the service (CORS). A preflight needs no token.
 * @param origins `*`, or origins separated by commas; undefined: pages of no other origin
 */
export async function allowOrigins(app: App, origins: string | undefined): Promise<void> {
  if (origins === undefined) return
  await app.register(cors, {
    origin: origins === '*' ? '*' : origins.split(','),
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: [
      'authorization',
      'content-type',
      'idempotency-key',
      'if-match',
      'if-none-match',
      'last-event-id',
      'prefer',
      'traceparent',
    ],
    exposedHeaders: [
      'etag',
      'location',
      'preference-applied',
      'ratelimit',
      'ratelimit-policy',
      'retry-after',
      'www-authenticate',
    ],
    maxAge: 600,
    strictPreflight: false,
  })
}
