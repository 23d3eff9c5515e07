import type { Test } from 'tap'
import { documentOf, type ServiceName, serviceNames } from '../../tools/openapi/documents.ts'

/** What the tests read of an OpenAPI document. */
export interface Document {
  components: { schemas: Record<string, object>; responses: Record<string, Body> }
  paths: Record<string, Record<string, Operation>>
}

export interface Operation {
  operationId?: string
  requestBody?: Body
  responses: Record<string, Body>
}

export interface Body {
  $ref?: string
  content?: Record<string, Media>
}

export interface Media {
  schema: { $ref?: string }
  example?: unknown
  examples?: Record<string, { value: unknown }>
}

export const documents = new Map<ServiceName, Document>()
for (const service of serviceNames) {
  documents.set(service, (await documentOf(service)) as unknown as Document)
}

/** An answer or request of an operation, without references. */
export const resolved = ({ components }: Document, body: Body): Body =>
  body.$ref === undefined ? body : (components.responses[body.$ref.split('/').at(-1) ?? ''] as Body)

/** Checks each operation of each service. `at` says which it is. */
export function ofEachOperation(
  t: Test,
  check: (operation: Operation, at: string, document: Document) => void,
): void {
  for (const [service, document] of documents) {
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        check(operation, `${service}: ${method} ${path}`, document)
      }
    }
  }
  t.end()
}

/** The media of an operation: of its request and of its answers. */
export function mediaOf(operation: Operation, document: Document): [where: string, type: string, Media][] {
  const bodies = Object.entries({ request: operation.requestBody ?? {}, ...operation.responses })
  return bodies.flatMap(([where, body]) =>
    Object.entries(resolved(document, body).content ?? {}).map(([type, media]): [string, string, Media] => [
      where,
      type,
      media,
    ]),
  )
}
