import { DaybookError } from '../../failures/errors.ts'
import type { App } from '../routes/app.ts'

/**
 * Refuses a request whose path or query is not percent-encoded UTF-8: Fastify would take a malformed query literally.
 */
export function refuseMalformedTargets(app: App): void {
  app.addHook('onRequest', async ({ url }) => {
    try {
      decodeURIComponent(url)
    } catch (error) {
      if (!(error instanceof URIError)) throw error
      const message = 'The path and the query must be percent-encoded UTF-8; a percent sign itself is %25'
      throw new DaybookError('DAYBOOK_REQUEST_INVALID', message)
    }
  })
}
