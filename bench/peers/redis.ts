import { join } from 'node:path'
import { startChild } from '../../deploy/local/processes/child.ts'
import { LOCALHOST } from '../../deploy/local/processes/ports.ts'
import { run } from '../../deploy/local/processes/run.ts'
import { startServer } from '../../deploy/local/processes/start-server.ts'
import type { Bench } from '../harness/benchmark.ts'
import { type PeerServer, serverOptions } from './peer.ts'

const wrapper = join(import.meta.dirname, '..', '..', 'deploy', 'local', 'processes', 'ipc-wrapper.ts')

/**
 * Starts a Redis that appends each write to a file and flushes it once a second, as the documentations of Redis and BullMQ
 * recommend. So it may lose the last second, which Daybook may not.
 * @returns undefined when this machine has no Redis
 */
export async function openRedis(bench: Bench): Promise<PeerServer | undefined> {
  const { output, notFound } = await run('redis-server', ['--version'], { env: process.env })
  if (notFound) {
    bench.report('Celery + Redis and BullMQ are left out: install redis-server')
    return undefined
  }
  const options = serverOptions(bench, 'redis')
  const { dir, env } = options
  const durable = ['--appendonly', 'yes', '--appendfsync', 'everysec', '--save', '']
  const { port, stop } = await startServer(
    {
      name: 'Redis',
      began: Date.now(),
      alternative: 'run the benchmark again',
      async prepare([wanted = 0]) {
        const place = ['--port', `${wanted}`, '--bind', LOCALHOST, '--dir', dir]
        const args = [wrapper, 'Ready to accept connections', 'redis-server', ...place, ...durable]
        return signal => startChild({ name: 'Redis', dir, command: process.execPath, args, env, signal })
      },
    },
    options,
  )
  bench.defer(stop)
  const url = `redis://${LOCALHOST}:${port}`
  const version = /v=(\S+)/.exec(output)?.[1] ?? ''
  return { name: 'Redis', version, port, celery: { broker: `${url}/0`, backend: `${url}/1` } }
}
