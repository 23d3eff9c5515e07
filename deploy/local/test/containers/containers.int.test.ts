import { join } from 'node:path'
import { topics } from '@daybook/shared/events'
import { connectKafka } from '@daybook/shared/kafka'
import { makeStack, type Stack, silent, until } from '@daybook/shared/testing'
import t, { type Test } from 'tap'
import { getContainerRuntimeClient } from 'testcontainers'
import { engineAnswers } from '../../containers/engine.ts'
import { imageOf } from '../../containers/image-of.ts'
import { startKafkaContainer } from '../../containers/kafka-container.ts'
import { startMongoContainer } from '../../containers/mongo-container.ts'
import { startContainer } from '../../containers/start-container.ts'
import { CACHE } from '../../paths.ts'
import { usablePorts } from '../../processes/ports.ts'
import type { ServerOptions } from '../../processes/server.ts'
import { SetupError } from '../../processes/setup-error.ts'
import { answering } from '../support/answering.ts'

const embedded = process.env.DAYBOOK_INFRASTRUCTURE === 'embedded' && 'DAYBOOK_INFRASTRUCTURE=embedded'
const skip = embedded || (!(await engineAnswers()) && 'no Docker engine answers')

async function optionsFor(t: Test): Promise<ServerOptions & { port: number }> {
  const report = (line: string) => t.comment(line)
  const [port = 0] = await usablePorts([0], 'the test', 'run the test again')
  return { env: {}, dir: join(t.testdir(), `${port}`), cache: CACHE, port, report }
}

/** Returns the images of all containers, running or not, that publish a port. */
async function containersOn(port: number): Promise<string[]> {
  const { container } = await getContainerRuntimeClient()
  const filters = { publish: [`${port}`] }
  return (await container.dockerode.listContainers({ all: true, filters })).map(({ Image }) => Image)
}

async function connect(t: Test, { brokers, prefix }: Stack) {
  const onCrash = (error: Error) => t.fail(error.message)
  const options = { brokers, prefix, service: 'test', topics: [topics.tasks], log: silent, onCrash }
  const kafka = await connectKafka(options)
  t.teardown(() => kafka.close())
  return kafka
}

t.test(
  'a killed server keeps its data for the next start, and a stopped server leaves no container',
  {
    skip,
  },
  async t => {
    const [forKafka, forMongo] = [await optionsFor(t), await optionsFor(t)]
    const start = () => Promise.all([startKafkaContainer(forKafka), startMongoContainer(forMongo)])
    const servers = await start()
    for (const server of servers) t.teardown(() => server.stop())
    const [{ brokers }, { uri: mongoUri }] = servers
    t.strictSame(await answering({ brokers, mongoUri }), [true, true])

    await t.test('the data are kept', async t => {
      const stack = await makeStack(t, { KAFKA_BROKERS: brokers.join(','), MONGODB_URI: mongoUri })
      const kafka = await connect(t, stack)
      await kafka.publish(topics.tasks.name, [{ key: 'alice', value: '{}', headers: {} }])
      await stack.db.collection('kept').insertOne({ by: 'alice' }, { writeConcern: { j: true } })
      const ends = await kafka.endOffsets(topics.tasks.name)

      await Promise.all(servers.map(server => server.kill()))
      t.strictSame(await answering({ brokers, mongoUri }), [false, false])
      await start()
      t.strictSame(await (await connect(t, stack)).endOffsets(topics.tasks.name), ends)
      t.equal(await stack.db.collection('kept').countDocuments({ by: 'alice' }), 1)
    })

    await Promise.all(servers.map(server => server.stop()))
    t.strictSame(await Promise.all([forKafka, forMongo].map(({ port }) => containersOn(port))), [[], []])
  },
)

t.test('an aborted start leaves no container', { skip }, async t => {
  const options = await optionsFor(t)
  const unwanted = new AbortController()
  const starting = startKafkaContainer({ ...options, signal: unwanted.signal })
  await until('it is created', async () => (await containersOn(options.port)).length > 0)
  unwanted.abort(new Error('no longer wanted'))
  await t.rejects(starting, { message: 'no longer wanted' })
  t.strictSame(await containersOn(options.port), [])
})

t.test(
  'an image or a program that does not run gives an error that says what to do, and leaves no container',
  { skip },
  async t => {
    const options = await optionsFor(t)
    const program = { name: 'Kafka', inside: 1, ready: 'never', setting: 'KAFKA_BROKERS' } as const
    const unknown = startContainer({ ...program, image: 'registry.invalid/none:1' }, options)
    await t.rejects(unknown, new SetupError())
    await t.rejects(unknown, { message: /registry\.invalid.*DAYBOOK_INFRASTRUCTURE=embedded/s })

    const env = () => ({ KAFKA_PROCESS_ROLES: 'none' })
    const ending = startContainer({ ...program, image: await imageOf('kafka'), env }, options)
    await t.rejects(ending, { message: /the end of its output:\n.*DAYBOOK_INFRASTRUCTURE=embedded/s })
    t.strictSame(await containersOn(options.port), [])
  },
)
