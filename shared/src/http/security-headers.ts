import type { FastifyHelmetOptions } from '@fastify/helmet'

/**
 * The security headers of every answer. One policy is enough, because the page at `/docs` loads everything from the service.
 *
 * `Strict-Transport-Security` is absent because services speak HTTP: a proxy that adds TLS adds this header too.
 * `upgrade-insecure-requests` is absent because a browser that obeys it would find no page at http://127.0.0.1.
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
