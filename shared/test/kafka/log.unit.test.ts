import kafkajs from 'kafkajs'
import { test } from 'tap'
import { kafkaLog } from '../../src/kafka/log.ts'
import { memoryLog } from '../support/index.ts'

const { logLevel } = kafkajs

test('what kafkajs tries again by itself is logged as a warning, except for what is common', async t => {
  const { log, lines } = memoryLog()
  const write = kafkaLog(log)
  const messages = [
    ['Producer', 'Failed to send messages: Connection error'],
    ['Producer', 'Failed to send messages: This server is not the leader for that topic-partition'],
    ['Producer', 'Failed to send messages: Topic authorization failed'],
    ['Connection', 'Response Metadata(key: 3, version: 6)'],
  ]
  for (const [namespace = '', message = ''] of messages)
    write({ namespace, level: logLevel.ERROR, label: 'ERROR', log: { message, timestamp: '' } })
  const warnings = lines.filter(({ level }) => level === 40)
  t.strictSame(
    warnings.map(({ msg }) => msg),
    ['Failed to send messages: Connection error'],
  )
})
