import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { LOCALHOST } from '../../deploy/local/processes/ports.ts'
import type { Bench } from '../harness/benchmark.ts'
import { type Peer, type PeerServer, runProgram } from './peer.ts'

const folder = join(import.meta.dirname, 'bullmq')

/** Installs BullMQ. @returns BullMQ on a Redis; none when it cannot be installed */
export async function bullMqPeers(bench: Bench, redis: PeerServer): Promise<Peer[]> {
  const { bullmq: version } = (await readJson(join(folder, 'package.json'))).dependencies
  const installed = join(folder, 'node_modules', 'bullmq', 'package.json')
  const isInstalled = existsSync(installed) && (await readJson(installed)).version === version
  if (!isInstalled && !(await install())) {
    bench.report('BullMQ is left out: npm ci failed in bench/peers/bullmq, see its output above')
    return []
  }
  let queues = 0
  const does = 'one job for each piece of work, added by `addBulk`; one worker with 64 jobs at once'
  return [
    {
      name: 'BullMQ',
      version: `BullMQ ${version}, Redis ${redis.version}`,
      does,
      run: work => {
        const connection = { host: LOCALHOST, port: redis.port, db: 2 }
        const settings = { queue: `bench-${queues++}`, connection, concurrency: 64 }
        return runProgram(bench, [process.execPath, join(folder, 'run.js')], { ...work, ...settings })
      },
    },
  ]
}

const readJson = async (path: string) => JSON.parse(await readFile(path, 'utf8'))

/** Installs the packages of the lock file in the folder of BullMQ. @returns whether that succeeded */
async function install(): Promise<boolean> {
  // The settings of the npm that runs this benchmark must not reach this npm.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('npm_'))
  const output = { stdout: 2, stderr: 2 } as const
  const options = {
    cwd: folder,
    env: Object.fromEntries(inherited),
    extendEnv: false,
    reject: false,
    ...output,
  }
  return !(await execa('npm', ['ci'], options)).failed
}
