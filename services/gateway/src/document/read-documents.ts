import type { FastifyBaseLogger } from 'fastify'
import { pathAtGateway } from '../proxy/paths.ts'
import { type Addresses, type ServiceName, serviceNames } from '../services.ts'
import { type Document, mergeDocuments } from './merge-documents.ts'

// A page asks for the document more than once.
const KEPT_MS = 5000
const ANSWER_MS = 2000

/**
 * Makes the function that completes the gateway's document by those of the services. The document of a service that does not
 * answer is the last one that it gave; without one, the description names the service.
 */
export function wholeDocument(
  addresses: Addresses,
  log: Pick<FastifyBaseLogger, 'warn'>,
): (own: object) => Promise<object> {
  const known = new Map<ServiceName, Document>()
  let readAt = Number.NEGATIVE_INFINITY

  async function read(service: ServiceName): Promise<void> {
    try {
      const answer = await fetch(`${addresses[service]}/docs/json`, {
        signal: AbortSignal.timeout(ANSWER_MS),
      })
      known.set(service, (await answer.json()) as Document)
    } catch (error) {
      log.warn({ err: error, service }, 'The OpenAPI document of a service cannot be read')
    }
  }

  return async own => {
    if (performance.now() - readAt > KEPT_MS) {
      await Promise.all(serviceNames.map(read))
      readAt = performance.now()
    }
    const found = serviceNames.flatMap(service => {
      const document = known.get(service)
      const pathAt = (path: string) => pathAtGateway(service, path)
      return document === undefined ? [] : [{ service, document, pathAt }]
    })
    return withMissing(mergeDocuments(own, found))
  }

  function withMissing(document: Document): Document {
    const missing = serviceNames.filter(service => !known.has(service))
    if (missing.length === 0) return document
    const info = document.info as { description: string }
    const more = `These services do not answer now, so their paths are missing: ${missing.join(', ')}.`
    return { ...document, info: { ...info, description: `${info.description} ${more}` } }
  }
}
