import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { isOutage } from '@daybook/shared/failures/outage'
import type { KafkaPort } from '@daybook/shared/kafka'
import { makeCertificate, until } from '@daybook/shared/testing'
import t, { type Test } from 'tap'
import { connectAs } from './support/connect-as.ts'
import { cannotStart } from './support/dedicated-kafka.ts'
import { PASSWORD, startSecuredKafka, USER } from './support/secured-kafka.ts'

const topics = [{ name: 'letters', partitions: 1, settings: {} }]
const letter = (value: string) => ({ key: 'k', value, headers: {} })

const connectWith = (t: Test, env: Record<string, string>) => connectAs(t, env, topics)

function consume(kafka: KafkaPort, seen: string[]) {
  const handle = async (messages: { value: Buffer | null }[]) =>
    void seen.push(...messages.map(({ value }) => String(value)))
  return kafka.consume({ group: randomUUID(), topic: 'letters', handle, park: async () => undefined })
}

async function publishAndRead(t: Test, env: Record<string, string>) {
  const { kafka } = await connectWith(t, env).connected
  const [sent, seen]: [string, string[]] = [randomUUID(), []]
  await kafka.publish('letters', [letter(sent)])
  const consumer = await consume(kafka, seen)
  t.ok(await until('the message is read', () => seen.includes(sent)))
  await consumer.stop()
}

async function refused(t: Test, env: Record<string, string>, code: string, why: RegExp) {
  const { connected, lines } = connectWith(t, env)
  await t.rejects(connected, { code, message: why })
  t.notMatch(JSON.stringify(lines), env.KAFKA_SASL_PASSWORD ?? PASSWORD)
}

t.test('a Kafka that requires TLS and authentication', { skip: await cannotStart() }, async t => {
  const kafka = await startSecuredKafka(t)
  const { authority } = kafka
  const tls = { KAFKA_TLS: 'true', KAFKA_TLS_CA: authority.cert }
  const user = { KAFKA_SASL_USERNAME: USER, KAFKA_SASL_PASSWORD: PASSWORD }
  const plain = { ...tls, ...user, KAFKA_BROKERS: kafka.loginBroker, KAFKA_SASL_MECHANISM: 'plain' }
  const scram = { ...plain, KAFKA_SASL_MECHANISM: 'scram-sha-512' }
  const clientCertificate = makeCertificate('daybook', authority)
  const certificate = { KAFKA_TLS_CERT: clientCertificate.cert, KAFKA_TLS_KEY: clientCertificate.key }

  await t.test('accepts a login with PLAIN', t => publishAndRead(t, plain))

  await t.test('accepts a login with SCRAM, with all secrets in files', async t => {
    const dir = t.testdir({ ca: authority.cert, password: `${PASSWORD}\n` })
    const files = { KAFKA_TLS_CA_FILE: join(dir, 'ca'), KAFKA_SASL_PASSWORD_FILE: join(dir, 'password') }
    await publishAndRead(t, { ...scram, KAFKA_TLS_CA: '', KAFKA_SASL_PASSWORD: '', ...files })
  })

  await t.test('accepts a client certificate', t =>
    publishAndRead(t, { ...tls, ...certificate, KAFKA_BROKERS: kafka.certificateBroker }),
  )

  await t.test('refuses a wrong password, and the start fails with a message about it', async t => {
    for (const right of [plain, scram]) {
      const wrong = { ...right, KAFKA_SASL_PASSWORD: 'hunter2' }
      await refused(t, wrong, 'DAYBOOK_LOGIN_REFUSED', /authentication failed.*: KAFKA_SASL_MECHANISM,/i)
    }
  })

  await t.test(
    'refuses an unsupported SASL mechanism, and the start fails with a message about it',
    async t => {
      const unknown = { ...plain, KAFKA_SASL_MECHANISM: 'scram-sha-256' }
      await refused(t, unknown, 'DAYBOOK_LOGIN_REFUSED', /does not support the requested SASL mechanism/)
      const without = { ...plain, ...certificate, KAFKA_BROKERS: kafka.certificateBroker }
      await refused(t, without, 'DAYBOOK_LOGIN_REFUSED', /current SASL state/)
    },
  )

  await t.test(
    'is refused when its certificate has an unknown signer, and the start fails with a message about it',
    t =>
      refused(t, { ...plain, KAFKA_TLS_CA: '' }, 'DAYBOOK_TLS_REFUSED', /certificate.*: KAFKA_TLS_CA must/),
  )

  await t.test(
    'refuses a client without a certificate, and the start fails with a message about it',
    async t => {
      const without = { ...tls, KAFKA_BROKERS: kafka.certificateBroker }
      await refused(t, without, 'DAYBOOK_TLS_REFUSED', /\(Connection error: ssl\/tls alert bad certificate\)/)
    },
  )

  await t.test(
    'closes a connection without a login: the client waits and logs its kind of connection',
    async t => {
      const { connected, lines } = connectWith(t, { ...tls, KAFKA_BROKERS: kafka.loginBroker })
      const waits = () => lines.find(({ msg }) => msg === 'connecting to Kafka: waiting for an outage to end')
      t.match(await until('the client waits', waits), {
        tls: true,
        login: 'none',
        brokers: [kafka.loginBroker],
      })
      connected.catch(() => undefined)
    },
  )

  await t.test('changes its password: a consumer ends the service, and publishing waits', async t => {
    const { connected, failures } = connectWith(t, plain)
    const port = (await connected).kafka
    const consumer = await consume(port, [])
    t.teardown(consumer.stop)
    await kafka.restart('another password')
    t.match(await until('the consumer ends', () => failures[0]), {
      code: 'DAYBOOK_KAFKA_CONSUMER_CRASHED',
      message: /SASL PLAIN authentication failed/,
    })
    t.ok(isOutage(await port.publish('letters', [letter('waits')]).catch(e => e)))
    await kafka.restart(PASSWORD)
    await until('publishing succeeds', () => port.publish('letters', [letter('waits')]).then(() => true))
  })
})
