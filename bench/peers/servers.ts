import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startChild } from '../../deploy/local/processes/child.ts'
import { LOCALHOST } from '../../deploy/local/processes/ports.ts'
import { run } from '../../deploy/local/processes/run.ts'
import type { Server, ServerOptions } from '../../deploy/local/processes/server.ts'
import { startServer } from '../../deploy/local/processes/start-server.ts'

/** The servers of the peers, each with its own port and data, as far as the machine has their programs. */

const wrapper = join(import.meta.dirname, '..', '..', 'deploy', 'local', 'processes', 'ipc-wrapper.ts')
const alternative = 'try again'

/** @returns the version of Redis on this machine; undefined without one */
export async function redisVersion(): Promise<string | undefined> {
  const { output, notFound } = await run('redis-server', ['--version'], { env: process.env })
  return notFound ? undefined : /v=(\S+)/.exec(output)?.[1]
}

/**
 * Starts a Redis that appends each write to a file and flushes it once a second, as the documentations of Redis and BullMQ
 * recommend. So it may lose the last second, which Daybook may not.
 */
export function startRedis(options: ServerOptions): Promise<Server> {
  const { dir, env } = options
  const durable = ['--appendonly', 'yes', '--appendfsync', 'everysec', '--save', '']
  const command = (port: number) => ['redis-server', '--port', `${port}`, '--bind', LOCALHOST, '--dir', dir]
  return startServer(
    {
      name: 'Redis',
      began: Date.now(),
      alternative,
      prepare: async ([port = 0]) => {
        const args = [wrapper, 'Ready to accept connections', ...command(port), ...durable]
        return signal => startChild({ name: 'Redis', dir, command: process.execPath, args, env, signal })
      },
    },
    options,
  )
}

/**
 * The program of RabbitMQ, if this machine has it. Debian's program on the path switches to another user, who cannot write to
 * the folder of a benchmark.
 */
export const rabbitMq = ['/usr/lib/rabbitmq/bin/rabbitmq-server', '/usr/local/sbin/rabbitmq-server'].find(
  existsSync,
)

/** Starts a RabbitMQ with its own Erlang node and port mapper, so that nothing is left of it at the end. */
export async function startRabbitMq(options: ServerOptions): Promise<Server> {
  const { dir } = options
  let mapper: ReturnType<typeof spawn> | undefined
  const server = await startServer(
    {
      name: 'RabbitMQ',
      began: Date.now(),
      alternative,
      otherPorts: 2,
      async prepare([port = 0, distribution = 0, mapperPort = 0]) {
        await mkdir(dir, { recursive: true })
        const none = join(dir, 'none')
        await writeFile(none, '[].')
        mapper = spawn('epmd', ['-address', LOCALHOST, '-port', `${mapperPort}`], { stdio: 'ignore' })
        const env = {
          ...options.env,
          HOME: dir,
          ERL_EPMD_PORT: `${mapperPort}`,
          RABBITMQ_NODENAME: `bench-${port}@localhost`,
          RABBITMQ_NODE_IP_ADDRESS: LOCALHOST,
          RABBITMQ_NODE_PORT: `${port}`,
          RABBITMQ_DIST_PORT: `${distribution}`,
          RABBITMQ_MNESIA_BASE: dir,
          RABBITMQ_LOGS: '-',
          RABBITMQ_PID_FILE: join(dir, 'rabbitmq.erlang-pid'),
          RABBITMQ_ENABLED_PLUGINS_FILE: none,
          RABBITMQ_CONF_ENV_FILE: join(dir, 'no-settings'),
          RABBITMQ_CONFIG_FILE: join(dir, 'no-configuration'),
        }
        const args = [wrapper, 'Server startup complete', rabbitMq ?? 'rabbitmq-server']
        return signal => startChild({ name: 'RabbitMQ', dir, command: process.execPath, args, env, signal })
      },
    },
    options,
  )
  const thenMapper = (end: () => Promise<void>) => async () => {
    await end()
    mapper?.kill()
  }
  return { ...server, stop: thenMapper(server.stop), kill: thenMapper(server.kill) }
}
