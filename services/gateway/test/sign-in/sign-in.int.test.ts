import { client, makeStack, token } from '@daybook/shared/testing'
import mongoose from 'mongoose'
import { t, test } from 'tap'
import { openCodes } from '../../src/sign-in/code-store.ts'
import { startGateway } from '../support/gateway.ts'

type Code = { code: string; expiresAt: string }

const { env, db } = await makeStack(t)
const connection = await mongoose.createConnection(env.MONGODB_URI ?? '', { dbName: db.name }).asPromise()
t.teardown(() => connection.close())
const codes = await openCodes(connection)
// Two processes of the gateway.
const [{ url }, other] = [await startGateway(t, {}, { codes }), await startGateway(t, {}, { codes })]
const alice = await token('alice')
const ask = client(url, alice)
const signIn = (code: string, at = url) => client(at, '')('/sign-in', { body: { code } })

test('a code is exchanged for its token once, in any process', async t => {
  const { status, body, headers } = await ask<Code>('/sign-in/codes', { method: 'POST' })
  t.equal(status, 201)
  t.equal(headers.get('cache-control'), 'no-store')
  const left = Date.parse(body.expiresAt) - Date.now()
  t.ok(left > 590_000 && left <= 600_000)
  const answers = await Promise.all([other.url, url, other.url].map(at => signIn(body.code, at)))
  t.strictSame(answers.map(one => one.status).sort(), [200, 401, 401])
  const exp = JSON.parse(Buffer.from(alice.split('.')[1] ?? '', 'base64url').toString()).exp
  const given = answers.find(one => one.status === 200)
  t.strictSame(given?.body, { token: alice, expiresAt: new Date(exp * 1000).toISOString() })
  t.match(await signIn(body.code), { status: 401, body: { type: /DAYBOOK_SIGN_IN_REFUSED/ } })
})

test('a code that has expired does not work, also before MongoDB has removed it', async t => {
  const { body } = await ask<Code>('/sign-in/codes', { method: 'POST' })
  const stored = db.collection('sign_in_codes')
  t.equal((await stored.updateMany({}, { $set: { expiresAt: new Date() } })).modifiedCount, 1)
  t.equal((await signIn(body.code)).status, 401)
  const [, expiry] = await stored.indexes()
  t.match(expiry, { key: { expiresAt: 1 }, expireAfterSeconds: 0 })
})

test('what is stored reveals neither the code nor the token', async t => {
  const { body } = await ask<Code>('/sign-in/codes', { method: 'POST' })
  const documents = JSON.stringify(await db.collection('sign_in_codes').find().toArray())
  t.notMatch(documents, body.code)
  for (const part of alice.split('.')) t.notMatch(documents, part)
  t.equal((await signIn(body.code)).status, 200)
})

test('a code needs a token, and something else is no code', async t => {
  t.equal((await client(url, '')('/sign-in/codes', { method: 'POST' })).status, 401)
  t.equal((await signIn('guessed')).status, 400)
  t.equal((await signIn('A'.repeat(43))).status, 401)
})
