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

test('mails need a server, a sender and plain addresses', async t => {
  const mail = { SMTP_URL: 'smtp://user:hunter2@host:587', MAIL_FROM: 'daybook@example.org' }
  const config = readConfig({ AUTH_SECRET, ...mail, MAIL_TO: 'a@example.org, b@example.org' })
  t.strictSame(config.mailTo, ['a@example.org', 'b@example.org'])
  t.strictSame(readConfig({ AUTH_SECRET }).mailTo, [])
  const wrong: [object, RegExp][] = [
    [{ SMTP_URL: mail.SMTP_URL }, /MAIL_FROM: must be set together with SMTP_URL$/],
    [
      { ...mail, MAIL_FROM: 'Daybook <d@example.org>' },
      /MAIL_FROM: "Daybook <d@example.org>" is not a plain/,
    ],
    [
      { MAIL_TO: 'a@example.org,,b@x\r\nBcc: c@x' },
      /MAIL_TO: "" is not .*\n {2}MAIL_TO: "b@x\r\nBcc: c@x" is not/s,
    ],
    [{ ...mail, SMTP_TLS_CA: 'hunter2' }, /SMTP_TLS_CA: must be a certificate in PEM$/],
    [{ ...mail, SMTP_URL: 'https://host' }, /SMTP_URL: must be: The SMTP server/],
    [{ ...mail, SMTP_URL: 'smtp://user:hunter2%@host:port' }, /SMTP_URL: must be a URL/],
  ]
  for (const [env, message] of wrong) {
    t.throws(() => readConfig({ AUTH_SECRET, ...env }), { message })
    t.throws(() => readConfig({ AUTH_SECRET, ...env }), { message: /^(?!.*hunter2)/s }, 'it shows no secret')
  }
})
