import type { TObject, TSchema } from 'typebox'
import { publishedSchemas } from '../../shared/src/contract/json-schemas.ts'
import type { PublishedTopic } from '../../shared/src/contract/published.ts'
import { currentVersion } from '../../shared/src/events/index.ts'
import { formats } from '../../shared/src/validation/ajv.ts'

/** The name of the file with the schema of an event type in a version. */
const fileName = (type: string, version: number) => `${type}.v${version}.json`

/**
 * Makes the JSON Schema file of each type and version.
 * @returns the text of each file by its name
 */
export const schemaFiles = (): Map<string, string> =>
  new Map(publishedSchemas().map(({ type, version, schema }) => [fileName(type, version), jsonText(schema)]))

/** JSON as it is committed. */
export const jsonText = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`

/** Makes the part of a page that lists each topic's events and their fields, in Markdown. */
export function eventTables(published: PublishedTopic[]): string {
  return published
    .map(({ topic, events }) => [`### ${topic.name}`, ...Object.entries(events).map(eventTable)].join('\n\n'))
    .join('\n\n')
}

type Described = TSchema & {
  description?: string
  type?: string | string[]
  format?: string
  enum?: string[]
}

function eventTable([type, schema]: [string, TObject & Described]): string {
  const rows = fields(schema).map(
    ([name, field]) => `| \`${name}\` | ${typeText(field)} | ${field.description} |`,
  )
  const head = ['| field | type | meaning |', '|---|---|---|']
  const link = `[JSON Schema](schemas/${fileName(type, currentVersion(type))})`
  return [`#### ${type}`, '', `${schema.description} ${link}`, '', ...head, ...rows].join('\n')
}

const fields = (schema: TObject): [string, Described][] => Object.entries(schema.properties)

function typeText({ type, format, enum: values }: Described): string {
  // A format of JSON Schema tells the reader what the text is. A format of Daybook only restricts it.
  const kind = format !== undefined && format in formats ? undefined : format
  const types = [type ?? (values ? 'string' : 'any')]
    .flat()
    .map(name => (name === 'string' && kind ? kind : name))
  return types.join(' or ')
}
