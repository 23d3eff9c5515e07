import { type Envelope, toMessage } from '../events/index.ts'
import { everyTopic } from '../kafka/topic.ts'
import { cloudEventTrait } from './cloud-event-trait.ts'
import { type EventSchema, schemasOf } from './json-schemas.ts'
import { forOtherTeams, forWorkers, type PublishedTopic } from './published.ts'

/** The AsyncAPI 3 document of Daybook's events, made from the same schemas as the JSON Schema files. */
export function asyncApi(published = [...forOtherTeams, ...forWorkers]): object {
  const all = published.flatMap(topic => versionsIn(topic).map(version => ({ topic, version })))
  return {
    asyncapi: '3.0.0',
    id: 'urn:daybook:events',
    info: {
      title: 'Daybook events',
      version: '1',
      description:
        'What Daybook publishes on Kafka and reads from it. docs/events.md says what you can rely on, docs/jobs.md has the protocol of workers. An installation may put a prefix before the names of all topics.',
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    servers: {
      kafka: {
        host: '{broker}',
        protocol: 'kafka',
        description: 'The Kafka of the installation',
        variables: { broker: { default: '127.0.0.1:9092', description: 'Host and port of a broker' } },
      },
    },
    channels: Object.fromEntries(published.map(topic => [topic.channel, channel(topic)])),
    operations: Object.fromEntries(published.map(operation)),
    components: {
      messages: Object.fromEntries(all.map(one => [nameOf(one.version), message(one)])),
      messageTraits: { cloudEvent: cloudEventTrait },
      schemas: Object.fromEntries(all.map(({ version }) => [nameOf(version), payload(version)])),
    },
  }
}

const versionsIn = ({ events }: PublishedTopic): EventSchema[] =>
  Object.entries(events).flatMap(([type, schema]) => schemasOf(type, schema))

const nameOf = ({ type, version }: EventSchema) => `${type}.v${version}`
const ref = (...path: string[]) => ({ $ref: ['#', ...path].join('/') })

/** The address of a topic. The name of a lane is a parameter. */
const addressOf = ({ topic }: PublishedTopic) => topic.name.replace(/<(.*)>/, '{$1}')

function channel(published: PublishedTopic): object {
  const { topic, description } = published
  const address = addressOf(published)
  const isLane = address !== topic.name
  const names = versionsIn(published).map(nameOf)
  return {
    address,
    description,
    ...(isLane ? { parameters: { lane: { description: 'The name of the lane' } } } : {}),
    messages: Object.fromEntries(names.map(name => [name, ref('components', 'messages', name)])),
    bindings: {
      kafka: {
        ...(isLane ? {} : { topic: topic.name, partitions: topic.partitions }),
        topicConfiguration: topicConfiguration({ ...everyTopic, ...topic.settings }),
        bindingVersion: '0.5.0',
      },
    },
  }
}

/** The settings of a topic for which the Kafka binding has a place. */
const topicConfiguration = (settings: Record<string, string>) => ({
  'cleanup.policy': settings['cleanup.policy']?.split(','),
  ...Object.fromEntries(
    ['retention.ms', 'retention.bytes', 'delete.retention.ms', 'max.message.bytes']
      .filter(name => settings[name] !== undefined)
      .map(name => [name, Number(settings[name])]),
  ),
})

function operation(published: PublishedTopic): [string, object] {
  const { action, channel: name, description } = published
  return [
    `${action}${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    {
      action,
      channel: ref('channels', name),
      summary: description,
      messages: versionsIn(published).map(version => ref('channels', name, 'messages', nameOf(version))),
    },
  ]
}

function message({ topic, version }: { topic: PublishedTopic; version: EventSchema }): object {
  const { type, schema } = version
  const properties = { ce_type: { const: type }, ce_dataschema: { const: schema.$id } }
  return {
    name: type,
    title: type,
    summary: schema.description,
    traits: [ref('components', 'messageTraits', 'cloudEvent')],
    headers: { type: 'object', properties },
    payload: ref('components', 'schemas', nameOf(version)),
    bindings: { kafka: { key: { type: 'string', description: topic.key }, bindingVersion: '0.5.0' } },
    ...examplesOf(topic.examples[type], schema.$id),
  }
}

/** The example of an event, in its current version. */
function examplesOf(example: Envelope | undefined, id: unknown) {
  if (example === undefined) return {}
  const { headers, value } = toMessage(example, '')
  return headers.ce_dataschema === id ? { examples: [{ headers, payload: JSON.parse(value) }] } : {}
}

/** The schema of the data. AsyncAPI has no place for the attributes of a JSON Schema file. */
function payload({ schema: { $schema, $id, ...schema } }: EventSchema): object {
  return schema
}
