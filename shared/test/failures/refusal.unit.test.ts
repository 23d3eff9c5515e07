import kafkajs from 'kafkajs'
import mongoose from 'mongoose'
import { test } from 'tap'
import { refusal } from '../../src/failures/refusal.ts'

const { KafkaJSConnectionError, KafkaJSNumberOfRetriesExceeded } = kafkajs
// Its types forget the message.
const LoginError = kafkajs.KafkaJSSASLAuthenticationError as new (message: string) => Error
const remedies = { login: 'set the password', tls: 'set the authority' }
const refused = (error: unknown) => refusal('Kafka', error, remedies)

const broken = (message: string, code?: string) =>
  new KafkaJSConnectionError(message, (code === undefined ? {} : { code }) as never)
const afterRetries = (error: Error) =>
  new KafkaJSNumberOfRetriesExceeded(error, { retryCount: 5, retryTime: 100 } as never)

test('a refused login says why, and what must be right', async t => {
  const error = new LoginError('wrong password')
  t.match(refused(error), {
    code: 'DAYBOOK_LOGIN_REFUSED',
    message: 'Kafka refuses the login (wrong password): set the password',
    cause: error,
  })
  const mongo = new mongoose.mongo.MongoServerError({ message: 'Authentication failed.', code: 18 })
  t.match(refused(mongo), { code: 'DAYBOOK_LOGIN_REFUSED' })
})

test('a certificate that is not taken says why, and what must be right, whatever it is wrapped in', async t => {
  for (const code of ['SELF_SIGNED_CERT_IN_CHAIN', 'CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID']) {
    const error = afterRetries(broken('not trusted', code))
    t.match(refused(error), {
      code: 'DAYBOOK_TLS_REFUSED',
      message: 'No secure connection to Kafka (not trusted): set the authority',
      cause: error,
    })
  }
})

test('of what OpenSSL says the reason is told', async t => {
  const message =
    'Connection error: 40AD:error:0A000412:SSL routines:ssl3_read_bytes:alert bad certificate:../rec.c:918:42\n'
  t.match(refused(broken(message, 'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE')), {
    message: 'No secure connection to Kafka (Connection error: alert bad certificate): set the authority',
  })
})

test('a server that is away refuses nobody', async t => {
  t.equal(refused(broken('refused', 'ECONNREFUSED')), undefined)
  t.equal(refused(afterRetries(broken('Closed connection'))), undefined)
  t.equal(refused(new mongoose.mongo.MongoServerError({ message: 'not primary', code: 10107 })), undefined)
  t.equal(refused(new Error('a bug')), undefined)
})
