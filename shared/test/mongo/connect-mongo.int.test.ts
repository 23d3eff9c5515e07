import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:tls'
import { test } from 'tap'
import { connectMongo } from '../../src/mongo/connect-mongo.ts'
import { makeCertificate, makeStack, memoryLog } from '../support/index.ts'

const connect = (uri: string, log = memoryLog().log) =>
  connectMongo({ uri, database: 'refused', log, signal: AbortSignal.abort() })

test('a refused login to MongoDB is reported at once, without the password', async t => {
  const { env } = await makeStack(t)
  const uri = env.MONGODB_URI?.replace(/(\/\/)([^@/]*@)?/, '$1alice:hunter2@') ?? ''
  const error = await connect(uri).catch(e => e)
  t.match(error, {
    code: 'DAYBOOK_LOGIN_REFUSED',
    message: /^MongoDB refuses the login .*: MONGODB_URI must/,
  })
  t.notMatch(error.message, 'hunter2')
})

test('an untrusted certificate is reported at once', async t => {
  const { cert, key } = makeCertificate('mongodb', makeCertificate('unknown'))
  const server = createServer({ cert, key }).listen(0, '127.0.0.1')
  t.teardown(() => server.close())
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await t.rejects(connect(`mongodb://127.0.0.1:${port}/?tls=true`), {
    code: 'DAYBOOK_TLS_REFUSED',
    message: /^No secure connection to MongoDB .*: the tlsCAFile of MONGODB_URI must/,
  })
})
