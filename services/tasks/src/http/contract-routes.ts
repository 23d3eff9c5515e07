import { asyncApi } from '@daybook/shared/contract/async-api'
import { publishedSchemas } from '@daybook/shared/contract/json-schemas'
import { schemaId } from '@daybook/shared/events'
import { DaybookError } from '@daybook/shared/failures/errors'
import { type App, problems } from '@daybook/shared/http'
import { Type } from 'typebox'

const Document = (title: string, description: string, example: object) =>
  Type.Unsafe<object>({ type: 'object', additionalProperties: true, title, description, examples: [example] })

const SchemaPath = Type.Object({
  type: Type.String({ description: 'The type of the event', examples: ['TaskCompleted'] }),
  version: Type.String({
    pattern: '^[1-9]\\d{0,3}$',
    description: 'The version of its data',
    examples: ['1'],
  }),
})

const open = { config: { public: true } }
const common = { tags: ['contract'], security: [] }

/** Serves the contract with other teams, which needs no token: the AsyncAPI document and the JSON Schemas of all events. */
export function serveContract(app: App): void {
  const document = asyncApi()
  const schemas = new Map(publishedSchemas().map(({ schema }) => [schema.$id, schema]))

  app.get(
    '/asyncapi.json',
    {
      ...open,
      schema: {
        ...common,
        operationId: 'getAsyncApi',
        summary: 'The AsyncAPI document of all events on Kafka',
        response: {
          200: Document('AsyncApi', 'An AsyncAPI 3 document', {
            asyncapi: '3.0.0',
            info: { title: 'Daybook', version: '1' },
          }),
          ...problems(),
        },
      },
    },
    () => document,
  )

  app.get(
    '/schemas/:type/:version',
    {
      ...open,
      schema: {
        ...common,
        operationId: 'getEventSchema',
        summary: 'The JSON Schema of an event type in a version',
        params: SchemaPath,
        response: {
          200: Document('EventSchema', 'A JSON Schema, draft 2020-12', {
            title: 'TaskReopened',
            type: 'object',
          }),
          ...problems('DAYBOOK_ROUTE_NOT_FOUND'),
        },
      },
    },
    ({ params: { type, version } }) => {
      const schema = schemas.get(schemaId(type, Number(version)))
      if (schema === undefined)
        throw new DaybookError('DAYBOOK_ROUTE_NOT_FOUND', `There is no version ${version} of ${type}`)
      return schema
    },
  )
}
