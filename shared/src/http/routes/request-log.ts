import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

const task = /^\/tasks\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![^/?])/

/** What log lines of a request have besides its trace: who sent it, and the task of its path or of its answer. */
export function subjectOf(
  request: Pick<FastifyRequest, 'user' | 'url'>,
  reply: Pick<FastifyReply, 'getHeader'>,
): { user?: string; task?: string } {
  const [, id] = task.exec(String(reply.getHeader('location') ?? request.url)) ?? []
  return { ...(request.user && { user: request.user.id }), ...(id === undefined ? {} : { task: id }) }
}

/**
 * Logs each answered request at the level debug. The line has the route and not the path: a path and a query hold what clients send,
 * also text of tasks.
 */
export function logRequests(app: FastifyInstance): void {
  if (app.log.level !== 'debug' && app.log.level !== 'trace') return
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions, log } = request
    const answered = { method, route: routeOptions.url, status: reply.statusCode }
    log.debug({ ...subjectOf(request, reply), ...answered, ms: reply.elapsedTime }, 'answered')
  })
}
