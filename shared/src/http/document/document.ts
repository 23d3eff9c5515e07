import { STATUS_CODES } from 'node:http'
import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import { type Schema, schemaNamer } from './named-schemas.ts'
import { answerName, problemAnswers } from './problem-answers.ts'

/** The OpenAPI document as `@fastify/swagger` passes it to `transformObject`. */
type Made = Parameters<NonNullable<FastifyDynamicSwaggerOptions['transformObject']>>[0]

interface Info {
  /** The service's name. */
  title: string
  /** What the service does. */
  description: string
}

/** The options for the OpenAPI 3.1 document, which `@fastify/swagger` makes from the route schemas of a service. */
export const documentOptions = ({ title, description }: Info): FastifyDynamicSwaggerOptions => ({
  openapi: {
    openapi: '3.1.0',
    info: { title, description, version: '1' },
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
    security: [{ bearer: [] }],
  },
  transform: ({ schema, url, route }) => ({
    url,
    schema: schema && { ...schema, response: { ...without4xx(schema.response), ...problemAnswers(route) } },
  }),
  transformObject: completed,
})

/** Leaves out the declaration of errors, which become answers of their own. */
function without4xx(response: unknown): object {
  const { '4xx': _, ...answers } = (response ?? {}) as Record<string, object>
  return answers
}

/** Completes the document with what `@fastify/swagger` does not know. */
function completed(made: Made) {
  if (!('openapiObject' in made)) return made.swaggerObject
  const { openapiObject } = made
  const schemas = openapiObject.components?.schemas as Record<string, unknown>
  const name = schemaNamer(schemas)
  const answers: Record<string, object> = {}
  openapiObject.components = { ...openapiObject.components, responses: answers as never }
  for (const path of Object.values(openapiObject.paths ?? {})) {
    for (const operation of Object.values(path as Record<string, Operation>)) {
      markOptional(operation)
      nameSchemas(operation, name)
      shareProblems(operation, answers)
    }
  }
  return openapiObject
}

/**
 * Marks as optional what `@fastify/swagger` marks as required: parameters with a default, and bodies of routes whose schema
 * has `x-optional-body`.
 */
function markOptional(operation: Operation): void {
  for (const parameter of operation.parameters ?? []) {
    if ('default' in parameter.schema) parameter.required = false
  }
  if (operation['x-optional-body'] && operation.requestBody) operation.requestBody.required = false
  delete operation['x-optional-body']
}

function nameSchemas({ requestBody, responses }: Operation, name: (schema: Schema) => Schema): void {
  for (const [status, response] of Object.entries(responses)) {
    if (response.description === 'Default Response') response.description = STATUS_CODES[status] ?? status
  }
  for (const { content = {} } of [...(requestBody ? [requestBody] : []), ...Object.values(responses)]) {
    // The media types of a body share one object.
    for (const media of new Set(Object.values(content))) {
      const [example = media.example] = media.schema.examples ?? []
      if (media.examples === undefined && example !== undefined) media.example = example
      media.schema = name(media.schema)
    }
  }
}

/** Moves the error answers, which many operations share, to the components. */
function shareProblems({ responses }: Operation, shared: Record<string, object>): void {
  for (const [status, response] of Object.entries(responses)) {
    const { examples } = response.content?.['application/problem+json'] ?? {}
    if (examples === undefined) continue
    const name = answerName(status, examples)
    shared[name] = response
    responses[status] = { $ref: `#/components/responses/${name}` }
  }
}

interface Body {
  $ref?: string
  description?: string
  content?: Record<string, { schema: Schema; example?: unknown; examples?: object }>
}

interface Operation {
  parameters?: { required?: boolean; schema: object }[]
  requestBody?: Body & { required?: boolean }
  responses: Record<string, Body>
  'x-optional-body'?: boolean
}
