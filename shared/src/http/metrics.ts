import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { App } from './routes/app.ts'

/**
 * Serves `/metrics` in the text format of Prometheus: metrics of the process, and the requests of each route by status and
 * duration.
 */
export function serveMetrics(app: App, registry = new Registry()): Registry {
  // Milliseconds between two measurements of the event loop's lag, each of which wakes an idle process. The default is 10.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 500 })
  const requests = new Histogram({
    name: 'daybook_http_request_seconds',
    help: 'Duration of HTTP requests by method, route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    requests.labels(request.method, route, String(reply.statusCode)).observe(reply.elapsedTime / 1000)
  })
  app.get(
    '/metrics',
    { config: { public: true }, logLevel: 'warn', schema: { hide: true } },
    async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()),
  )
  return registry
}
