import { DaybookError } from '../../failures/errors.ts'
import type { App } from '../routes/app.ts'

/**
 * Rejects requests without a matching route, with or without a token. An unknown path is 404. A path without the method is
 * 405, and `Allow` lists the methods of the path. A path with an empty parameter, as `/tasks/`, is unknown.
 */
export function refuseUnknownPaths(app: App): void {
  app.addHook('onRequest', async ({ method, url, params, is404 }, reply) => {
    if (!is404 && !hasEmptyParameter(params)) return
    const allowed = methodsAt(app, url)
    if (allowed.length === 0) {
      const message = `There is no ${method} at this path: see /docs for all paths`
      throw new DaybookError('DAYBOOK_ROUTE_NOT_FOUND', message)
    }
    reply.header('allow', allowed.join(', '))
    const message = `This path does not have ${method}: use ${allowed.join(', ')}`
    throw new DaybookError('DAYBOOK_METHOD_NOT_ALLOWED', message)
  })
}

function methodsAt(app: App, url: string): string[] {
  return app.supportedMethods
    .filter(method => {
      // The route of preflights has every path.
      if (method === 'OPTIONS') return false
      const route = app.findRoute({ method: method as 'GET', url })
      return route !== null && !hasEmptyParameter(route.params)
    })
    .sort()
}

const hasEmptyParameter = (params: unknown) => Object.values(params as Record<string, string>).includes('')
