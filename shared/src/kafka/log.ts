import kafkajs, { type LogEntry } from 'kafkajs'
import type { Logger } from 'pino'

const { logLevel } = kafkajs

const methods = {
  [logLevel.NOTHING]: 'trace',
  [logLevel.ERROR]: 'warn',
  [logLevel.WARN]: 'debug',
  [logLevel.INFO]: 'trace',
  [logLevel.DEBUG]: 'trace',
} as const

const minor = /authorization failed|not the leader for that topic-partition/i

/**
 * Writes the log of kafkajs one level lower: kafkajs logs an error for each failure that it then retries, and reports a
 * final failure as an exception or as CRASH. Three kinds of lines become debug lines: refused single requests, which are
 * common while brokers start; missing rights, which the port logs once (failures/authorization.ts); and requests to a broker
 * that does not lead the partition, which are common just after a topic was created.
 */
export function kafkaLog(log: Logger): (entry: LogEntry) => void {
  const child = log.child({ part: 'kafkajs' })
  return ({ namespace, level, log: { message, timestamp, logger, ...rest } }) => {
    const isMinor = namespace === 'Connection' || minor.test(message)
    child[isMinor ? 'debug' : methods[level]]({ namespace, ...rest }, message)
  }
}
