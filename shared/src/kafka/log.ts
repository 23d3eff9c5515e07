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
 * kafkajs' own log, one level down: it calls an error what it then retries, and what really ends something reaches us
 * as an exception or as CRASH. Of single answers, which brokers refuse all the time while they start, not even that; nor of
 * refusals for want of rights, which the port logs once, see authorization.ts.
 */
export function kafkaLog(log: Logger): (entry: LogEntry) => void {
  const child = log.child({ part: 'kafkajs' })
  return ({ namespace, level, log: { message, timestamp, logger, ...rest } }) => {
    const isMinor = namespace === 'Connection' || /authorization failed/i.test(message)
    child[isMinor ? 'debug' : methods[level]]({ namespace, ...rest }, message)
  }
}
