import { AUTH_SECRET } from '@daybook/shared/testing'
import { timeZones } from '@daybook/shared/time/days'
import { test } from 'tap'
import { readConfig } from '../src/config.ts'

test('without TIME_ZONES, every time zone is listed', async t => {
  const config = readConfig({ AUTH_SECRET })
  t.equal(config.timeZones, timeZones)
  t.match(config, { PORT: 3003, SCHEDULE_MIN_INTERVAL_SECONDS: 1, DAY_CLOSE_DEADLINE_SECONDS: 300 })
})

test('TIME_ZONES accepts older names of a zone, and lists each zone once', async t => {
  const env = {
    AUTH_SECRET,
    TIME_ZONES: 'UTC, Asia/Kolkata,Asia/Calcutta',
    DEFAULT_TIME_ZONE: 'Asia/Kolkata',
  }
  const config = readConfig(env)
  t.equal(config.timeZones.length, 2)
  t.ok(config.timeZones.every(zone => timeZones.includes(zone)))
})

test('one error names all wrong settings', async t => {
  const env = { PORT: 'x', TIME_ZONES: 'Europe/Berlin,Mars/Base,,+01:00,BST', KAFKA_BROKERS: 'nowhere' }
  t.throws(() => readConfig(env), {
    code: 'DAYBOOK_CONFIG_INVALID',
    message: new RegExp(
      [
        'KAFKA_BROKERS: .*',
        'PORT: .*',
        'AUTH_SECRET, AUTH_JWKS_URL: .*',
        'TIME_ZONES: "Mars/Base" is not a time zone',
        'TIME_ZONES: "" is not a time zone',
        'TIME_ZONES: "\\+01:00" is not a time zone',
        'TIME_ZONES: "BST" is not a time zone',
        'TIME_ZONES: must list DEFAULT_TIME_ZONE, UTC$',
      ].join('\\n  '),
    ),
  })
})
