import { join } from 'node:path'
import { test } from 'tap'
import { Type } from 'typebox'
import { loadConfig, portSetting } from '../../src/config/load-config.ts'
import { DaybookError } from '../../src/failures/errors.ts'
import { makeCertificate } from '../support/index.ts'

const secret = { AUTH_SECRET: 'a secret of thirty-two characters' }
const ownSettings = { PORT: portSetting(3001), FAST: Type.Boolean({ default: false }) }

function refused(env: Record<string, string>, relations?: () => string[]): DaybookError {
  try {
    loadConfig(ownSettings, env, relations)
  } catch (error) {
    if (error instanceof DaybookError) return error
    throw error
  }
  throw new Error('the settings were accepted')
}

test('settings that are not set or empty get their defaults', async t => {
  const config = loadConfig(ownSettings, { ...secret, KAFKA_BROKERS: '', PORT: '' })
  t.match(config, { KAFKA_BROKERS: '127.0.0.1:9092', PORT: 3001, DEFAULT_TIME_ZONE: 'UTC', TOPIC_PREFIX: '' })
})

test('texts are converted to the types of the settings', async t => {
  const config = loadConfig(ownSettings, { ...secret, PORT: '0', FAST: 'true' })
  t.equal(config.PORT, 0)
  t.equal(config.FAST, true)
})

test('settings are frozen and contain no other variables', async t => {
  const config = loadConfig(ownSettings, { ...secret, HOME: '/root' })
  t.ok(Object.isFrozen(config))
  t.notOk('HOME' in config)
})

test('one message names every wrong setting', async t => {
  const { code, message } = refused({
    ...secret,
    KAFKA_BROKERS: 'localhost',
    MONGODB_URI: 'http://localhost',
    MONGODB_DATABASE: 'a/b',
    TOPIC_PREFIX: 'a b',
    LOG_LEVEL: 'loud',
    DEFAULT_TIME_ZONE: '+02:00',
    AUTH_JWKS_URL: 'not a url',
    PORT: 'http',
    FAST: 'perhaps',
  })
  t.equal(code, 'DAYBOOK_CONFIG_INVALID')
  for (const name of ['KAFKA_BROKERS', 'MONGODB_URI', 'MONGODB_DATABASE', 'TOPIC_PREFIX', 'LOG_LEVEL']) {
    t.match(message, `${name}: `)
  }
  for (const name of ['DEFAULT_TIME_ZONE', 'AUTH_JWKS_URL', 'PORT', 'FAST']) t.match(message, `${name}: `)
})

test('a message never shows the value of a secret, however it was given', async t => {
  const values = {
    AUTH_SECRET: 'hunter2',
    MONGODB_URI: 'http://alice:hunter2@localhost',
    KAFKA_SASL_PASSWORD: 'hunter2',
    KAFKA_TLS_KEY: 'hunter2',
  }
  const dir = t.testdir(values)
  const files = Object.keys(values).map(name => [`${name}_FILE`, join(dir, name)])
  for (const env of [values, Object.fromEntries(files), { ...values, ...Object.fromEntries(files) }]) {
    const { message } = refused(env)
    t.notMatch(message, 'hunter2')
    for (const name of Object.keys(values)) t.match(message, name)
  }
})

test("a malformed MongoDB connection string is explained, with the driver's reason only when it cannot contain a password", async t => {
  const shape =
    'MONGODB_URI: must be a MongoDB connection string, as in mongodb://user:password@host:27017/?authSource=admin; ' +
    'percent-encode special characters of the user and the password'
  const problemOf = (uri: string) =>
    refused({ ...secret, MONGODB_URI: uri })
      .message.split('\n  ')
      .slice(1)
  const withReason = {
    'mongodb://alice:a:b@db': 'Password contains unescaped characters',
    'mongodb://db:70000': 'Unable to parse db:70000 with URL',
    'mongodb://db/?tls=maybe': 'tls/ssl must be either "true" or "false"',
    'mongodb://alice:hunter2@db/?replicaset': 'URI option "replicaset" cannot be specified with no value',
    'mongodb+srv://a.example:27017': 'mongodb+srv URI cannot have port number',
  }
  for (const [uri, reason] of Object.entries(withReason))
    t.strictSame(problemOf(uri), [`${shape} (${reason})`])
  for (const uri of ['mongodb://alice:hun/ter2@db', 'mongodb://alice:hun?ter2@db', 'mongodb://alice:hunter2'])
    t.strictSame(problemOf(uri), [shape], uri)
  t.strictSame(problemOf('mongodb://db/?tls=true&tlsCAFile=/nowhere/ca.pem'), [
    "MONGODB_URI: its tlsCAFile /nowhere/ca.pem can't be read: no such file or directory",
  ])
  for (const uri of [
    'mongodb://a,b:27018/?replicaSet=rs0&authSource=admin&tls=true',
    'mongodb://[::1]:27017',
  ])
    t.equal(loadConfig(ownSettings, { ...secret, MONGODB_URI: uri }).MONGODB_URI, uri)
})

test('addresses that cannot be reached are refused', async t => {
  const { message } = refused({ ...secret, KAFKA_BROKERS: 'a:9092,b:99999' })
  t.match(message, 'KAFKA_BROKERS: b:99999 must have a port from 1 to 65535')
  t.match(
    refused({ AUTH_JWKS_URL: 'file:///keys' }).message,
    'AUTH_JWKS_URL: must begin with https:// or http://',
  )
})

test('a setting can be the content of a file, without the white space around it', async t => {
  const dir = t.testdir({ secret: `\n${secret.AUTH_SECRET}\r\n`, port: '3009\n' })
  const files = { AUTH_SECRET_FILE: join(dir, 'secret'), PORT_FILE: join(dir, 'port') }
  t.match(loadConfig(ownSettings, { ...files, AUTH_SECRET: '' }), { ...secret, PORT: 3009 })
  t.match(
    loadConfig(ownSettings, { ...secret, AUTH_SECRET_FILE: '' }),
    secret,
    'an empty variable is not set',
  )
})

test('a problem in a file is reported under the name of the setting', async t => {
  const { message } = refused({ ...secret, PORT_FILE: join(t.testdir({ port: 'http' }), 'port') })
  t.equal(message, 'Settings are wrong:\n  PORT: must be integer')
})

test('a file without a value is reported with its path and the reason, and causes no further problems', async t => {
  const dir = t.testdir({ blank: ' \n', latin1: Buffer.from('caf\xe9', 'latin1') })
  const { message } = refused({
    AUTH_SECRET_FILE: join(dir, 'missing'),
    MONGODB_URI_FILE: dir,
    KAFKA_BROKERS_FILE: join(dir, 'blank'),
    MONGODB_DATABASE_FILE: join(dir, 'latin1'),
    PORT: 'http',
  })
  t.strictSame(message.split('\n  ').sort(), [
    `AUTH_SECRET_FILE: ${join(dir, 'missing')} can't be read: no such file or directory`,
    `KAFKA_BROKERS_FILE: ${join(dir, 'blank')} is empty`,
    `MONGODB_DATABASE_FILE: ${join(dir, 'latin1')} is not valid UTF-8`,
    `MONGODB_URI_FILE: ${dir} can't be read: illegal operation on a directory`,
    'PORT: must be integer',
    'Settings are wrong:',
  ])
})

test('a setting comes from its variable or from a file, not from both', async t => {
  const path = join(t.testdir({ secret: secret.AUTH_SECRET }), 'secret')
  const { message } = refused({ ...secret, AUTH_SECRET_FILE: path })
  t.equal(message, 'Settings are wrong:\n  AUTH_SECRET, AUTH_SECRET_FILE: set only one of the two')
})

test('exactly one of AUTH_SECRET and AUTH_JWKS_URL must be set', async t => {
  const need = 'AUTH_SECRET, AUTH_JWKS_URL: set exactly one of the two'
  t.match(refused({}).message, need)
  t.match(refused({ ...secret, AUTH_JWKS_URL: 'https://issuer.example/keys' }).message, need)
  t.equal(
    loadConfig(ownSettings, { AUTH_JWKS_URL: 'https://issuer.example/keys' }).AUTH_JWKS_URL,
    'https://issuer.example/keys',
  )
})

test('contradictions between settings are reported with the other problems', async t => {
  const { message } = refused({ ...secret, PORT: '70000' }, () => ['FAST, PORT: not together'])
  t.match(message, 'PORT: must be <= 65535')
  t.match(message, 'FAST, PORT: not together')
})

test('several brokers are accepted', async t => {
  t.equal(
    loadConfig(ownSettings, { ...secret, KAFKA_BROKERS: 'a:9092,b:9092' }).KAFKA_BROKERS,
    'a:9092,b:9092',
  )
})

const refusedKafka = (env: Record<string, string>) =>
  refused({ ...secret, ...env })
    .message.split('\n  ')
    .slice(1)

test('a login to Kafka needs all its settings', async t => {
  const login = { KAFKA_SASL_USERNAME: 'alice', KAFKA_SASL_PASSWORD: 'hunter2' }
  t.strictSame(refusedKafka(login), [
    'KAFKA_SASL_MECHANISM: must be set together with KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD',
  ])
  t.strictSame(refusedKafka({ KAFKA_SASL_MECHANISM: 'plain' }), [
    'KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD: must be set together with KAFKA_SASL_MECHANISM',
  ])
  t.strictSame(refusedKafka({ ...login, KAFKA_SASL_MECHANISM: 'kerberos' }), [
    'KAFKA_SASL_MECHANISM: must be one of: plain, scram-sha-256, scram-sha-512',
  ])
  const whole = { ...login, KAFKA_SASL_MECHANISM: 'scram-sha-256' }
  t.match(loadConfig(ownSettings, { ...secret, ...whole }), { ...whole, KAFKA_TLS: false })
})

test('certificates and keys for Kafka are PEM, match each other, and need TLS', async t => {
  const ca = makeCertificate('authority')
  const [ours, other] = [makeCertificate('daybook', ca), makeCertificate('other', ca)]
  const tls = { KAFKA_TLS: 'true', KAFKA_TLS_CA: ca.cert + other.cert }
  const whole = { ...tls, KAFKA_TLS_CERT: ours.cert + ca.cert, KAFKA_TLS_KEY: ours.key }
  t.match(loadConfig(ownSettings, { ...secret, ...whole }), { ...whole, KAFKA_TLS: true })
  t.strictSame(refusedKafka({ KAFKA_TLS_CA: ca.cert }), [
    'KAFKA_TLS_CA: has an effect only with KAFKA_TLS=true: set KAFKA_TLS, or remove KAFKA_TLS_CA',
  ])
  t.strictSame(refusedKafka({ ...tls, KAFKA_TLS_CERT: ours.cert }), [
    'KAFKA_TLS_KEY: must be set together with KAFKA_TLS_CERT',
  ])
  t.strictSame(refusedKafka({ ...whole, KAFKA_TLS_KEY: other.key }), [
    'KAFKA_TLS_CERT, KAFKA_TLS_KEY: the key must be the private key of the certificate',
  ])
  t.strictSame(refusedKafka({ ...whole, KAFKA_TLS_CA: 'x', KAFKA_TLS_CERT: 'y', KAFKA_TLS_KEY: 'z' }), [
    'KAFKA_TLS_CA: must be a certificate in PEM',
    'KAFKA_TLS_CERT: must be a certificate in PEM',
    'KAFKA_TLS_KEY: must be a private key in PEM, without a passphrase',
  ])
})

test('the minimum of in-sync replicas cannot exceed the replication factor', async t => {
  const replication = { TOPIC_REPLICATION_FACTOR: '3', TOPIC_MIN_INSYNC_REPLICAS: '2' }
  t.match(loadConfig(ownSettings, { ...secret, ...replication }), {
    TOPIC_REPLICATION_FACTOR: 3,
    TOPIC_MIN_INSYNC_REPLICAS: 2,
  })
  t.match(loadConfig(ownSettings, { ...secret, TOPIC_MIN_INSYNC_REPLICAS: '2' }), {
    TOPIC_MIN_INSYNC_REPLICAS: 2,
  })
  t.strictSame(refusedKafka({ ...replication, TOPIC_MIN_INSYNC_REPLICAS: '4' }), [
    'TOPIC_MIN_INSYNC_REPLICAS: must not be more than TOPIC_REPLICATION_FACTOR',
  ])
  t.strictSame(refusedKafka({ TOPIC_REPLICATION_FACTOR: '0' }), ['TOPIC_REPLICATION_FACTOR: must be >= 1'])
})
