import type { FastifyHelmetOptions } from '@fastify/helmet'

/**
 * The security headers of every answer. One policy is enough: the page of the API has all that it needs from here.
 * Neither `Strict-Transport-Security` nor `upgrade-insecure-requests`: services speak HTTP, and whoever puts TLS before
 * them adds the first; a browser that took the second would find no page at http://127.0.0.1.
 */
export const securityHeaders: FastifyHelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  strictTransportSecurity: false,
}
