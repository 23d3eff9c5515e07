import type { TSchema } from 'typebox'
import { schemaId, schemasOfVersions } from '../events/index.ts'
import { formats } from '../validation/ajv.ts'
import { forOtherTeams, forWorkers } from './published.ts'

/** The JSON Schema of an event type in one version. */
export interface EventSchema {
  type: string
  /** The version, from 1. */
  version: number
  /** The schema in draft 2020-12, as an object of JSON. */
  schema: Record<string, unknown>
}

/** The JSON Schemas of all published events, made from the schemas by which the services validate them. */
export const publishedSchemas = (): EventSchema[] =>
  [...forOtherTeams, ...forWorkers].flatMap(({ events, examples }) =>
    Object.entries(events).flatMap(([type, schema]) =>
      schemasOf(type, { ...schema, examples: [examples[type]?.data] }),
    ),
  )

/** The JSON Schemas of an event type, from version 1 to the current one. */
export function schemasOf(type: string, current: TSchema): EventSchema[] {
  return schemasOfVersions(type, current).map((schema, i) => {
    const head = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: schemaId(type, i + 1),
      title: type,
    }
    return { type, version: i + 1, schema: withoutOwnFormats({ ...head, ...schema }) }
  })
}

/** Leaves out the formats that only Daybook knows: another team's validator may refuse a schema with an unknown format. */
const withoutOwnFormats = (schema: object): Record<string, unknown> =>
  JSON.parse(
    JSON.stringify(schema, (key, value) =>
      key === 'format' && typeof value === 'string' && value in formats ? undefined : value,
    ),
  )
