import { DaybookError } from '../../failures/errors.ts'
import type { App } from '../routes/app.ts'

/**
 * Refuses requests that no route answers, with a token or without: 404 for an unknown path; 405 for a known path without
 * that method, with the methods that it has in `Allow`. A parameter of a path is never empty: `/tasks/` is no task.
 */
export function refuseUnknownPaths(app: App): void {
  app.addHook('onRequest', async ({ method, url, params, is404 }, reply) => {
    if (!is404 && !hasEmptyParameter(params)) return
    const allowed = methodsAt(app, url)
    if (allowed.length === 0) {
      const message = `No ${method} at this path; the API is described at /docs`
      throw new DaybookError('DAYBOOK_ROUTE_NOT_FOUND', message)
    }
    reply.header('allow', allowed.join(', '))
    const message = `This path does not have ${method}: it has ${allowed.join(', ')}`
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
