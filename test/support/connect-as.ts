import { loadConfig } from '@daybook/shared/config/load-config'
import type { Topic } from '@daybook/shared/kafka'
import { connect } from '@daybook/shared/process/connect'
import { AUTH_SECRET, memoryLog } from '@daybook/shared/testing'
import type { Test } from 'tap'

/** Connects as a service with these settings does. @returns the connection, its log lines, and the errors that would end the service */
export function connectAs(t: Test, env: Record<string, string>, topics: Topic[]) {
  const config = loadConfig({}, { MONGODB_URI: process.env.MONGODB_URI, AUTH_SECRET, ...env })
  const [closing, stopping] = [new AsyncDisposableStack(), new AbortController()]
  t.teardown(() => {
    stopping.abort()
    return closing.disposeAsync()
  })
  const { log, lines } = memoryLog()
  const failures: Error[] = []
  const fail = (error: Error) => void failures.push(error)
  const service = { name: 'test', log, closing, fail, signal: stopping.signal }
  return { lines, failures, connected: connect(service, config, topics) }
}
