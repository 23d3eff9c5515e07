import { test } from 'tap'
import { Type } from 'typebox'
import { loadConfig, portSetting } from '../src/config.ts'
import { DaybookError } from '../src/errors.ts'

const secret = { AUTH_SECRET: 'a secret of thirty-two characters' }
const own = { PORT: portSetting(3001), FAST: Type.Boolean({ default: false }) }

function refused(env: Record<string, string>, relations?: () => string[]): DaybookError {
  try {
    loadConfig(own, env, relations)
  } catch (error) {
    if (error instanceof DaybookError) return error
    throw error
  }
  throw new Error('the settings were taken')
}

test('defaults fill in what is not set, an empty variable being not set', async t => {
  const config = loadConfig(own, { ...secret, KAFKA_BROKERS: '', PORT: '' })
  t.match(config, { KAFKA_BROKERS: '127.0.0.1:9092', PORT: 3001, DEFAULT_TIME_ZONE: 'UTC', TOPIC_PREFIX: '' })
})

test('text becomes the type of its setting', async t => {
  const config = loadConfig(own, { ...secret, PORT: '0', FAST: 'true' })
  t.equal(config.PORT, 0)
  t.equal(config.FAST, true)
})

test('settings are frozen, and hold nothing else of the environment', async t => {
  const config = loadConfig(own, { ...secret, HOME: '/root' })
  t.ok(Object.isFrozen(config))
  t.notOk('HOME' in config)
})

test('one message names every setting that is wrong', async t => {
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

test('a message never shows the value of a secret', async t => {
  t.notMatch(refused({ AUTH_SECRET: 'too short' }).message, 'too short')
})

test('exactly one way of checking tokens must be set', async t => {
  const need = 'AUTH_SECRET, AUTH_JWKS_URL: set exactly one of the two'
  t.match(refused({}).message, need)
  t.match(refused({ ...secret, AUTH_JWKS_URL: 'https://issuer.example/keys' }).message, need)
  t.equal(
    loadConfig(own, { AUTH_JWKS_URL: 'https://issuer.example/keys' }).AUTH_JWKS_URL,
    'https://issuer.example/keys',
  )
})

test('what is wrong between settings is told with the rest', async t => {
  const { message } = refused({ ...secret, PORT: '70000' }, () => ['FAST, PORT: not together'])
  t.match(message, 'PORT: must be <= 65535')
  t.match(message, 'FAST, PORT: not together')
})

test('several brokers are taken', async t => {
  t.equal(loadConfig(own, { ...secret, KAFKA_BROKERS: 'a:9092,b:9092' }).KAFKA_BROKERS, 'a:9092,b:9092')
})
