import type { TObject, TSchema } from 'typebox'
import { clockEvents } from '../../shared/src/events/clock-events.ts'
import { schemaId } from '../../shared/src/events/cloud-event.ts'
import {
  controlEvents,
  jobEvents,
  laneEvents,
  requestEvents,
  resultEvents,
} from '../../shared/src/events/job-events.ts'
import { reportEvents } from '../../shared/src/events/report-events.ts'
import { taskEvents } from '../../shared/src/events/task-events.ts'
import { jobTopics, laneTopic, topics } from '../../shared/src/events/topics.ts'
import { formats } from '../../shared/src/validation/ajv.ts'

type Published = [topic: string, events: Record<string, TObject>][]

/** The topics that other teams read, with their events. */
export const forOtherTeams: Published = [
  [topics.tasks.name, taskEvents],
  [topics.clock.name, clockEvents],
  [topics.reports.name, reportEvents],
  [jobTopics.finished.name, jobEvents],
]

/** The topics of those who request jobs or run them, with their events. */
export const forWorkers: Published = [
  [jobTopics.requests.name, requestEvents],
  [laneTopic('<lane>', 1).name, laneEvents],
  [jobTopics.results.name, resultEvents],
  [jobTopics.control.name, controlEvents],
]

/**
 * Makes a JSON Schema (draft 2020-12) for each type of event, from the schema by which the services validate it.
 * @returns the text of each file by its name
 */
export function schemaFiles(): Map<string, string> {
  const schemas = [...forOtherTeams, ...forWorkers].flatMap(([, events]) => Object.entries(events))
  return new Map(
    schemas.map(([type, schema]) => {
      const head = {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        $id: schemaId(type),
        title: type,
      }
      return [`${type}.json`, `${JSON.stringify({ ...head, ...schema }, withoutOwnFormats, 2)}\n`]
    }),
  )
}

/** Leaves out the formats that only Daybook knows: another team's validator may refuse a schema with an unknown format. */
const withoutOwnFormats = (key: string, value: unknown) =>
  key === 'format' && typeof value === 'string' && value in formats ? undefined : value

/** Makes the part of a page that lists each topic's events and their fields, in Markdown. */
export function eventTables(published: Published): string {
  return published
    .map(([topic, events]) => [`### ${topic}`, ...Object.entries(events).map(eventTable)].join('\n\n'))
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
  const link = `[JSON Schema](schemas/${type}.json)`
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
