import kafkajs from 'kafkajs'
import { test } from 'tap'
import { kafkaRefusal } from '../../../src/kafka/failures/refusal.ts'

const { KafkaJSConnectionError, KafkaJSNumberOfRetriesExceeded } = kafkajs
// The types of kafkajs lack the parameter.
const LoginError = kafkajs.KafkaJSSASLAuthenticationError as new (message: string) => Error

const broken = (message: string, code?: string) =>
  new KafkaJSConnectionError(message, (code === undefined ? {} : { code }) as never)
const afterRetries = (error: Error) =>
  new KafkaJSNumberOfRetriesExceeded(error, { retryCount: 5, retryTime: 100 } as never)

test('a rejected login says why, and which settings must be right', async t => {
  const error = new LoginError('wrong password')
  t.match(kafkaRefusal(error), {
    code: 'DAYBOOK_LOGIN_REFUSED',
    message: /^Kafka refuses the login \(wrong password\): KAFKA_SASL_MECHANISM/,
    cause: error,
  })
})

test('a rejected certificate says why, and which settings must be right, also when kafkajs wraps the error', async t => {
  for (const code of ['SELF_SIGNED_CERT_IN_CHAIN', 'CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID']) {
    const error = afterRetries(broken('not trusted', code))
    t.match(kafkaRefusal(error), {
      code: 'DAYBOOK_TLS_REFUSED',
      message: /^No secure connection to Kafka \(not trusted\): KAFKA_TLS_CA/,
      cause: error,
    })
  }
})

test("only the reason in OpenSSL's message is shown", async t => {
  const message =
    'Connection error: 40AD:error:0A000412:SSL routines:ssl3_read_bytes:alert bad certificate:../rec.c:918:42\n'
  t.match(kafkaRefusal(broken(message, 'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE')), {
    message: /^No secure connection to Kafka \(Connection error: alert bad certificate\): KAFKA_TLS_CA/,
  })
})

test('an unreachable broker and a bug are not refusals', async t => {
  t.equal(kafkaRefusal(broken('refused', 'ECONNREFUSED')), undefined)
  t.equal(kafkaRefusal(afterRetries(broken('Closed connection'))), undefined)
  t.equal(kafkaRefusal(new Error('a bug')), undefined)
})
