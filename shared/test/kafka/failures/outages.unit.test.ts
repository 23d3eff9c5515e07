import kafkajs from 'kafkajs'
import { test } from 'tap'
import { isOutage } from '../../../src/failures/outage.ts'
import '../../../src/kafka/client.ts'

const afterRetries = { retryCount: 5, retryTime: 100 } as never

test('an unreachable broker is an outage', async t => {
  t.ok(isOutage(new kafkajs.KafkaJSConnectionError('refused')))
  t.ok(isOutage(new kafkajs.KafkaJSNumberOfRetriesExceeded('gone', afterRetries)))
})

test('a message that no broker will ever accept is no outage', async t => {
  const tooLarge = { type: 'MESSAGE_TOO_LARGE', code: 10, retriable: false, message: 'too large' }
  t.notOk(isOutage(new kafkajs.KafkaJSProtocolError(tooLarge as never)))
})
