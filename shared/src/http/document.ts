import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'

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
  transformObject: withOptionalParts,
})

/**
 * Marks as optional what `@fastify/swagger` marks as required: parameters with a default, and bodies of routes whose schema
 * has `x-optional-body`.
 */
function withOptionalParts(made: Made) {
  if (!('openapiObject' in made)) return made.swaggerObject
  const { openapiObject } = made
  const operations = Object.values(openapiObject.paths ?? {}).flatMap(path =>
    Object.values(path as Operations),
  )
  for (const operation of operations) {
    for (const parameter of operation.parameters ?? []) {
      if ('default' in parameter.schema) parameter.required = false
    }
    if (operation['x-optional-body'] && operation.requestBody) operation.requestBody.required = false
    delete operation['x-optional-body']
  }
  return openapiObject
}

type Operations = Record<string, Operation>

interface Operation {
  parameters?: { required?: boolean; schema: object }[]
  requestBody?: { required?: boolean }
  'x-optional-body'?: boolean
}
