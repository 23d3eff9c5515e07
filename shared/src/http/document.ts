import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'

/** What `@fastify/swagger` hands over when it has made the document. */
type Made = Parameters<NonNullable<FastifyDynamicSwaggerOptions['transformObject']>>[0]

interface Info {
  /** The service's name. */
  title: string
  /** What it is for. */
  description: string
}

/** How the OpenAPI 3.1 document of a service is made from its route schemas. */
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
 * Corrects what `@fastify/swagger` says is required. A parameter that has a default may be left out; so may a body whose
 * route schema says `x-optional-body`.
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
