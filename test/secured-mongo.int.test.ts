import type { DaybookError } from '@daybook/shared/failures/errors'
import { connectMongo } from '@daybook/shared/mongo/connect-mongo'
import { silent } from '@daybook/shared/testing'
import { type Test, test } from 'tap'
import { GenericContainer } from 'testcontainers'
import { engineAnswers } from '../deploy/local/containers/engine.ts'
import { imageOf } from '../deploy/local/containers/image-of.ts'

const PORT = 27_017
const skip = (await engineAnswers())
  ? false
  : 'no Docker engine answers, and the embedded MongoDB does not support logins'

/** Starts a MongoDB that requires a login. @returns a function that makes its connection string for a user */
async function secured(t: Test) {
  const container = await new GenericContainer(await imageOf('mongo'))
    .withEnvironment({ MONGO_INITDB_ROOT_USERNAME: 'daybook', MONGO_INITDB_ROOT_PASSWORD: 'p@ss:word' })
    .withExposedPorts(PORT)
    .start()
  t.teardown(() => container.stop())
  const address = `${container.getHost()}:${container.getMappedPort(PORT)}`
  return (user: string, password: string) =>
    `mongodb://${user}:${encodeURIComponent(password)}@${address}/?directConnection=true&authSource=admin`
}

test('a MongoDB with logins accepts the user and password in MONGODB_URI, and refuses a wrong password', {
  skip,
}, async t => {
  const uriOf = await secured(t)
  const connect = (uri: string) =>
    connectMongo({ uri, database: 'daybook', log: silent, signal: AbortSignal.timeout(60_000) })

  const connection = await connect(uriOf('daybook', 'p@ss:word'))
  const notes = connection.collection<{ _id: string }>('notes')
  await notes.insertOne({ _id: 'written' })
  t.equal(await notes.countDocuments(), 1)
  await connection.close()

  const refused = connect(uriOf('daybook', 'wrong'))
  await t.rejects(refused, { code: 'DAYBOOK_LOGIN_REFUSED', message: /MONGODB_URI/ })
  t.notMatch(
    await refused.catch((error: DaybookError) => error.message),
    'wrong',
    'the error does not contain the password',
  )
})
