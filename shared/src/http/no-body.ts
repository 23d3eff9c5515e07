import type { FastifyInstance } from 'fastify'

const bodiless = new Set([204, 304])

/**
 * Lets answers without a body say so. Fastify makes the text `null` of a null, and sends its length without it: a proxy takes that for
 * a broken answer.
 */
export function sendNoBody(app: FastifyInstance): void {
  app.addHook('onSend', (_request, reply, payload, done) => {
    done(null, payload === 'null' && bodiless.has(reply.statusCode) ? null : payload)
  })
}
