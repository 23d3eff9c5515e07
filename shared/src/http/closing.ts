import type { FastifyInstance } from 'fastify'

/**
 * Lets the answers of a closing server close their connections. Fastify closes those that are idle when it begins to close, and tells
 * later requests; a client whose request is answered meanwhile would keep its connection, and the server would wait for it.
 */
export function closeAnswered(app: FastifyInstance): void {
  let isClosing = false
  app.addHook('preClose', done => {
    isClosing = true
    done()
  })
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (isClosing) reply.header('connection', 'close')
    done(null, payload)
  })
}
