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

/** Returns a function that starts both servers with fakes, which only return how they were started. */
async function fakeServers(t: Test, engine: boolean) {
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
  const reported: string[] = []
  const report = (line: string) => reported.push(line)
  const servers = testServers()
  return async (env: NodeJS.ProcessEnv) => {
    const options: ServerOptions = { env, dir: '', cache: '', report }
    const [kafka, mongo] = await Promise.all([servers.startKafka(options), servers.startMongo(options)])
    return { took: [...kafka.brokers, mongo.uri], reported }
  }
}

t.test('with a Docker engine, servers are started in containers, and this is reported once', async t => {
  const { took, reported } = await (await fakeServers(t, true))({})
  t.strictSame(took, ['container', 'container'])
  t.match(reported, [/^A Docker engine answers.*containers$/])
  t.equal(reported.length, 1)
})

t.test('without a Docker engine, servers are started embedded', async t => {
  const { took, reported } = await (await fakeServers(t, false))({})
  t.strictSame(took, ['embedded', 'embedded'])
  t.match(reported, [/^No Docker engine answers.*embedded$/])
})

t.test('DAYBOOK_INFRASTRUCTURE=embedded starts embedded servers even with a Docker engine', async t => {
  const { took } = await (await fakeServers(t, true))({ DAYBOOK_INFRASTRUCTURE: 'embedded' })
  t.strictSame(took, ['embedded', 'embedded'])
})

t.test('another value of DAYBOOK_INFRASTRUCTURE is an error that names the valid one', async t => {
  const start = await fakeServers(t, true)
  await t.rejects(start({ DAYBOOK_INFRASTRUCTURE: 'docker' }), {
    name: 'SetupError',
    message: /"docker".*embedded/,
  })
})
