import { join } from 'node:path'
import t from 'tap'
import { checkSettings } from '../../stack/check-settings.ts'
import { readSettings } from '../../stack/settings.ts'

const AUTH_SECRET = 'a secret of thirty-two characters'

t.test('the problems of all services are in one message', async t => {
  const wrong = { AUTH_SECRET, LOG_LEVEL: 'loud', TASK_FILES: 'maybe', TIME_ZONES: 'Mars/Base' }
  t.throws(() => checkSettings(wrong), {
    name: 'SetupError',
    message: [
      'Settings are wrong:',
      '  LOG_LEVEL: must be one of: fatal, error, warn, info, debug, trace, silent',
      '  TASK_FILES: must be boolean',
      '  TIME_ZONES: "Mars/Base" is not a time zone',
      '  TIME_ZONES: must list DEFAULT_TIME_ZONE, UTC',
    ].join('\n'),
  })
})

t.test('valid settings are accepted', async t => {
  t.doesNotThrow(() => checkSettings({ AUTH_SECRET, TASK_FILES: 'false', DEFAULT_TIME_ZONE: 'Asia/Tokyo' }))
})

t.test(
  'an abbreviation is not a time zone, neither in a setting nor as the time zone of the machine',
  async t => {
    t.throws(() => checkSettings({ AUTH_SECRET, DEFAULT_TIME_ZONE: 'BST' }), {
      message: /DEFAULT_TIME_ZONE: must be an IANA time zone, .* BST/,
    })
    t.equal(readSettings({ TZ: 'BST' }).timeZone, 'UTC')
    t.equal(readSettings({ DEFAULT_TIME_ZONE: 'BST' }).timeZone, 'BST', 'kept, for the services to refuse')
  },
)

t.test('the time zone of the machine is read under its current name', async t => {
  const { TZ } = process.env
  t.teardown(() => {
    if (TZ === undefined) delete process.env.TZ
    else process.env.TZ = TZ
  })
  process.env.TZ = 'Asia/Calcutta'
  t.equal(readSettings({}).timeZone, 'Asia/Kolkata')
})

t.test('two ports must not be equal, except 0 for free ports', async t => {
  t.throws(() => readSettings({ TASKS_PORT: '3002' }), {
    message: 'TASKS_PORT and REPORTING_PORT are both 3002: set one of them to another port',
  })
  t.match(readSettings({ TASKS_PORT: '0', KAFKA_PORT: '0' }).ports, { tasks: 0, kafka: 0 })
})

t.test('settings that the stack itself reads can come from files', async t => {
  const files = t.testdir({ port: '0\n', zone: 'Asia/Tokyo\n', logs: '/var/log/days\n', empty: '' })
  const env = {
    TASKS_PORT_FILE: join(files, 'port'),
    DEFAULT_TIME_ZONE_FILE: join(files, 'zone'),
    LOG_DIR_FILE: join(files, 'logs'),
    TIME_ZONES_FILE: '/read/by/the/scheduler',
  }
  const settings = readSettings(env)
  t.match(settings, { timeZone: 'Asia/Tokyo', logDir: '/var/log/days', ports: { tasks: 0 } })
  t.strictSame(Object.keys(settings.env).sort(), [
    'DEFAULT_TIME_ZONE',
    'LOG_DIR',
    'TASKS_PORT',
    'TIME_ZONES_FILE',
  ])
  const unreadable = { AUTH_SECRET_FILE: join(files, 'empty'), KAFKA_BROKERS_FILE: '/nowhere' }
  t.throws(() => readSettings(unreadable), {
    name: 'SetupError',
    message: [
      'Settings are wrong:',
      "  KAFKA_BROKERS_FILE: /nowhere can't be read: no such file or directory",
      `  AUTH_SECRET_FILE: ${join(files, 'empty')} is empty`,
    ].join('\n'),
  })
})
