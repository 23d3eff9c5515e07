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

/**
 * Writes the log of kafkajs one level lower: kafkajs logs an error for each failure that it then retries, and reports a
 * final failure as an exception or as CRASH. Two kinds of lines become debug lines: refused single requests, which are
 * common while brokers start, and missing rights, which the port logs once (failures/authorization.ts).
 */
export function kafkaLog(log: Logger): (entry: LogEntry) => void {
  const child = log.child({ part: 'kafkajs' })
  return ({ namespace, level, log: { message, timestamp, logger, ...rest } }) => {
    const isMinor = namespace === 'Connection' || /authorization failed/i.test(message)
    child[isMinor ? 'debug' : methods[level]]({ namespace, ...rest }, message)
  }
}
