import { existsSync, realpathSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { CACHE } from '../../deploy/local/paths.ts'
import { pythonEnvironment } from '../../test/support/python-environment.ts'
import type { Bench, Subject } from '../harness/benchmark.ts'
import { rabbitMq, redisVersion, startRabbitMq, startRedis } from './servers.ts'

/** The work of a benchmark for a peer, on the completions of a day in MongoDB. */
export type PeerWork = { uri: string; database: string; day: string; timeZone: string } & (
  | { work: 'jobs'; jobs: number }
  | { work: 'end-of-day'; dir: string; taskFiles: boolean }
)

/** A job system that this machine can run. */
export interface Peer extends Required<Pick<Subject, 'name' | 'does' | 'version'>> {
  /** Starts one worker, and gives it the work. @returns the seconds until all results are recorded */
  run: (work: PeerWork) => Promise<number>
}

const folder = (name: string) => join(import.meta.dirname, name)

/** Starts the servers of the peers that can be installed. For each other one it reports how to install it. */
export async function openPeers(bench: Bench): Promise<Peer[]> {
  const redis = await openRedis(bench)
  const rabbit = await openRabbitMq(bench)
  const python = await celeryPython(bench)
  const modules = redis && (await installBullMq(bench))
  return [
    ...(redis && python ? [celery(bench, python, 'Redis', redis, redis.urls)] : []),
    ...(rabbit && python ? [celery(bench, python, 'RabbitMQ', rabbit, rabbit.urls)] : []),
    ...(redis && modules ? [bullMq(bench, modules, redis)] : []),
  ]
}

interface OpenServer {
  port: number
  version: string
  /** The settings of Celery for this server. */
  urls: { broker: string; backend: string }
}

async function openRedis(bench: Bench): Promise<OpenServer | undefined> {
  const version = await redisVersion()
  if (version === undefined) {
    bench.report('Celery + Redis and BullMQ are left out: install redis-server')
    return undefined
  }
  const { port, stop } = await startRedis(serverOptions(bench, 'redis'))
  bench.defer(stop)
  const url = `redis://127.0.0.1:${port}`
  return { port, version, urls: { broker: `${url}/0`, backend: `${url}/1` } }
}

async function openRabbitMq(bench: Bench): Promise<OpenServer | undefined> {
  if (rabbitMq === undefined) {
    bench.report('Celery + RabbitMQ is left out: install rabbitmq-server')
    return undefined
  }
  const { port, stop } = await startRabbitMq(serverOptions(bench, 'rabbitmq'))
  bench.defer(stop)
  const version = /rabbitmq_server-([\d.]+)/.exec(realpathSync(rabbitMq))?.[1] ?? ''
  return { port, version, urls: { broker: `amqp://guest:guest@127.0.0.1:${port}//`, backend: 'rpc://' } }
}

const serverOptions = (bench: Bench, name: string) => ({
  env: process.env,
  cache: CACHE,
  dir: join(bench.dir, name),
  report: bench.report,
})

async function celeryPython(bench: Bench): Promise<string | undefined> {
  try {
    return join(await pythonEnvironment('celery', join(folder('celery'), 'requirements.txt')), 'python')
  } catch (error) {
    bench.report(`Celery is left out: ${(error as Error).message}`)
    return undefined
  }
}

function celery(
  bench: Bench,
  python: string,
  broker: 'Redis' | 'RabbitMQ',
  server: OpenServer,
  urls: object,
): Peer {
  return {
    name: `Celery + ${broker}`,
    version: `Celery 5.7.0, ${broker} ${server.version}`,
    does:
      broker === 'Redis'
        ? 'a task for each piece of work, late acknowledgement, results in Redis, which flushes once a second and so may lose the last one'
        : 'a task for each piece of work, persistent messages without confirmation, late acknowledgement, results by `rpc://`',
    run: work => {
      // Processes wait for the disk when they write files, so more of them than cores are faster then.
      const pool = work.work === 'jobs' ? { concurrency: 2, prefetch: 64 } : { concurrency: 8, prefetch: 4 }
      return runProgram(bench, [python, join(folder('celery'), 'run.py')], { ...work, ...urls, ...pool })
    },
  }
}

/** @returns the version of BullMQ that is installed in its own folder, with its own lock file */
async function installBullMq(bench: Bench): Promise<string | undefined> {
  const cwd = folder('bullmq')
  const wanted = JSON.parse(await readFile(join(cwd, 'package.json'), 'utf8')).dependencies.bullmq as string
  const installed = join(cwd, 'node_modules', 'bullmq', 'package.json')
  if (existsSync(installed) && JSON.parse(await readFile(installed, 'utf8')).version === wanted) return wanted
  // The settings of the npm that runs this benchmark must not reach this npm.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('npm_'))
  const env = Object.fromEntries(inherited)
  const { failed } = await execa('npm', ['ci'], {
    cwd,
    env,
    extendEnv: false,
    stdout: 2,
    stderr: 2,
    reject: false,
  })
  if (!failed) return wanted
  bench.report('BullMQ is left out: npm ci fails in bench/peers/bullmq, see above')
  return undefined
}

let queues = 0

const bullMq = (bench: Bench, version: string, { port, version: redis }: OpenServer): Peer => ({
  name: 'BullMQ',
  version: `BullMQ ${version}, Redis ${redis}`,
  does: 'a job for each piece of work, added by `addBulk`, one worker with 64 jobs at once, on the same Redis',
  run: work => {
    const settings = {
      queue: `bench-${queues++}`,
      connection: { host: '127.0.0.1', port, db: 2 },
      concurrency: 64,
    }
    return runProgram(bench, [process.execPath, join(folder('bullmq'), 'run.js')], { ...work, ...settings })
  },
})

/** Runs a program of a peer with its settings as one JSON argument. @returns the seconds that its last line has */
async function runProgram(bench: Bench, [file = '', ...args]: string[], settings: object): Promise<number> {
  const program = execa(file, [...args, JSON.stringify(settings)], { stderr: 2 })
  bench.defer(() => program.kill())
  const { stdout } = await program
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '').seconds
}
