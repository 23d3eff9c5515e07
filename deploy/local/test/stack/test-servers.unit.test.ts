import t, { type Test } from 'tap'
import type { ServerOptions } from '../../processes/server.ts'

const started = (how: string) => ({
  port: 1,
  brokers: [how],
  uri: how,
  stop: async () => {},
  kill: async () => {},
})
const both = (how: string) => ({ startKafka: async () => started(how), startMongo: async () => started(how) })

/** The ladder with servers that only say how they were started, and an engine that answers or does not. */
async function ladder(t: Test, engine: boolean) {
  const { startKafka, startMongo } = both('container')
  const { testServers } = await t.mockImport<typeof import('../../stack/test-servers.ts')>(
    '../../stack/test-servers.ts',
    {
      '../../stack/infrastructure.ts': { embeddedServers: both('embedded') },
      '../../containers/engine.ts': { engineAnswers: async () => engine },
      '../../containers/kafka-container.ts': { startKafkaContainer: startKafka },
      '../../containers/mongo-container.ts': { startMongoContainer: startMongo },
    },
  )
  const said: string[] = []
  const report = (line: string) => said.push(line)
  const servers = testServers()
  return async (env: NodeJS.ProcessEnv) => {
    const options: ServerOptions = { env, dir: '', cache: '', report }
    const [kafka, mongo] = await Promise.all([servers.startKafka(options), servers.startMongo(options)])
    return { took: [...kafka.brokers, mongo.uri], said }
  }
}

t.test('containers where an engine answers, said once', async t => {
  const { took, said } = await (await ladder(t, true))({})
  t.strictSame(took, ['container', 'container'])
  t.match(said, [/^A Docker engine answers.*containers$/])
  t.equal(said.length, 1)
})

t.test('embedded where none does', async t => {
  const { took, said } = await (await ladder(t, false))({})
  t.strictSame(took, ['embedded', 'embedded'])
  t.match(said, [/^No Docker engine answers.*embedded$/])
})

t.test('embedded where that is wanted, whatever answers', async t => {
  const { took } = await (await ladder(t, true))({ DAYBOOK_INFRASTRUCTURE: 'embedded' })
  t.strictSame(took, ['embedded', 'embedded'])
})

t.test('a wish that is not known is said', async t => {
  const start = await ladder(t, true)
  await t.rejects(start({ DAYBOOK_INFRASTRUCTURE: 'docker' }), {
    name: 'SetupError',
    message: /"docker".*embedded/,
  })
})
