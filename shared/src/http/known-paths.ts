import { DaybookError } from '../errors.ts'
import type { App } from './app.ts'

/**
 * Refuses what is not there, for everyone: 404 for a path that no route has, 405 for a method that a path does not have,
 * with those that it has in `Allow`. A parameter of a path is never empty: `/tasks/` is no task.
 */
export function refuseUnknownPaths(app: App): void {
  // Before anything of the request is looked at.
  app.addHook('onRequest', async ({ method, url, params, is404 }, reply) => {
    if (!is404 && !hasEmptyParameter(params)) return
    const allowed = methodsAt(app, url)
    if (allowed.length === 0) {
      const message = `No ${method} at this path; the API is described at /docs`
      throw new DaybookError('DAYBOOK_ROUTE_NOT_FOUND', message)
    }
    reply.header('allow', allowed.join(', '))
    const message = `${method} is not possible at this path, but ${allowed.join(', ')}`
    throw new DaybookError('DAYBOOK_METHOD_NOT_ALLOWED', message)
  })
}

function methodsAt(app: App, url: string): string[] {
  return app.supportedMethods
    .filter(method => {
      const route = app.findRoute({ method: method as 'GET', url })
      return route !== null && !hasEmptyParameter(route.params)
    })
    .sort()
}

const hasEmptyParameter = (params: unknown) => Object.values(params as Record<string, string>).includes('')
