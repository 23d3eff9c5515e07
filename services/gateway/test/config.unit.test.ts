import { AUTH_SECRET } from '@daybook/shared/testing'
import { test } from 'tap'
import { consoleFrom, readConfig } from '../src/config.ts'

const env = { AUTH_SECRET, KAFKA_BROKERS: '127.0.0.1:1', MONGODB_URI: 'mongodb://127.0.0.1:1' }
const originsOf = (OIDC_ORIGINS?: string) => consoleFrom(readConfig({ ...env, OIDC_ORIGINS })).origins

test('the console may send requests to origins that are listed, and a list cannot change its policy otherwise', t => {
  t.strictSame(originsOf(), [])
  t.strictSame(originsOf('https://a.example.org,http://b:8080'), ['https://a.example.org', 'http://b:8080'])
  for (const wrong of [
    '*',
    'https://*.example.org',
    'https://a/path',
    "https://a;script-src 'self'",
    'https://a, https://b',
  ])
    t.throws(() => originsOf(wrong), { code: 'DAYBOOK_CONFIG_INVALID' }, wrong)
  t.end()
})
