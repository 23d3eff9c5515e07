import { DaybookError } from '../../failures/errors.ts'
import type { App } from '../routes/app.ts'

/**
 * Rejects a request whose path or query is not percent-encoded UTF-8. Fastify would use a malformed query undecoded.
 */
export function refuseMalformedTargets(app: App): void {
  app.addHook('onRequest', async ({ url }) => {
    try {
      decodeURIComponent(url)
    } catch (error) {
      if (!(error instanceof URIError)) throw error
      const message = 'The path and the query must be percent-encoded UTF-8; write a percent sign as %25'
      throw new DaybookError('DAYBOOK_REQUEST_INVALID', message)
    }
  })
}
