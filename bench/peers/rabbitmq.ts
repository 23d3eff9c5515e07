import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, realpathSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startChild } from '../../deploy/local/processes/child.ts'
import { LOCALHOST } from '../../deploy/local/processes/ports.ts'
import { startServer } from '../../deploy/local/processes/start-server.ts'
import type { Bench } from '../harness/benchmark.ts'
import { type PeerServer, serverOptions } from './peer.ts'

// Debian's program on the path switches to another user, who cannot write to the folder of a benchmark.
const PROGRAMS = ['/usr/lib/rabbitmq/bin/rabbitmq-server', '/usr/local/sbin/rabbitmq-server']
const wrapper = join(import.meta.dirname, '..', '..', 'deploy', 'local', 'processes', 'ipc-wrapper.ts')

/**
 * Starts a RabbitMQ with its usual settings, with a port mapper of its own, so that nothing is left of it at the end.
 * @returns undefined when this machine has no RabbitMQ
 */
export async function openRabbitMq(bench: Bench): Promise<PeerServer | undefined> {
  const program = PROGRAMS.find(existsSync)
  if (program === undefined) {
    bench.report('Celery + RabbitMQ is left out: install rabbitmq-server')
    return undefined
  }
  const options = serverOptions(bench, 'rabbitmq')
  const { dir } = options
  const { port, stop } = await startServer(
    {
      name: 'RabbitMQ',
      began: Date.now(),
      alternative: 'run the benchmark again',
      otherPorts: 2,
      async prepare([wanted = 0, distribution = 0, mapper = 0]) {
        await startMapper(bench, mapper)
        await writeFile(join(dir, 'plugins'), '[].')
        const ports = { RABBITMQ_NODE_PORT: `${wanted}`, RABBITMQ_DIST_PORT: `${distribution}` }
        const env = { ...options.env, ...settings(dir), ...ports, ERL_EPMD_PORT: `${mapper}` }
        const args = [wrapper, 'Server startup complete', program]
        return signal => startChild({ name: 'RabbitMQ', dir, command: process.execPath, args, env, signal })
      },
    },
    options,
  )
  bench.defer(stop)
  const version = /rabbitmq_server-([\d.]+)/.exec(realpathSync(program))?.[1] ?? ''
  const broker = `amqp://guest:guest@${LOCALHOST}:${port}//`
  return { name: 'RabbitMQ', version, port, celery: { broker, backend: 'rpc://' } }
}

/** Starts the port mapper that Erlang needs. Erlang would start one that outlives it. */
async function startMapper(bench: Bench, port: number): Promise<void> {
  const mapper = spawn('epmd', ['-address', LOCALHOST, '-port', `${port}`], { stdio: 'ignore' })
  await once(mapper, 'spawn')
  bench.defer(() => mapper.kill())
}

const settings = (dir: string) => ({
  HOME: dir,
  RABBITMQ_NODENAME: `bench-${process.pid}@localhost`,
  RABBITMQ_NODE_IP_ADDRESS: LOCALHOST,
  RABBITMQ_MNESIA_BASE: dir,
  RABBITMQ_LOGS: '-',
  RABBITMQ_PID_FILE: join(dir, 'erlang-pid'),
  RABBITMQ_ENABLED_PLUGINS_FILE: join(dir, 'plugins'),
  // Files that do not exist, so that the settings of this machine do not apply.
  RABBITMQ_CONF_ENV_FILE: join(dir, 'no-variables'),
  RABBITMQ_CONFIG_FILE: join(dir, 'no-settings'),
})
