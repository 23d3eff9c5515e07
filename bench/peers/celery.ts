import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pythonEnvironment } from '../../test/support/python-environment.ts'
import type { Bench } from '../harness/benchmark.ts'
import { type Peer, type PeerServer, runProgram } from './peer.ts'

const folder = join(import.meta.dirname, 'celery')
const requirements = join(folder, 'requirements.txt')

const DOES =
  'one task for each piece of work, acknowledged when it has ended; two processes for jobs, eight for files, because they wait for the disk'

/** Installs Celery. @returns Celery on each of the servers; none when it cannot be installed */
export async function celeryPeers(bench: Bench, servers: PeerServer[]): Promise<Peer[]> {
  if (servers.length === 0) return []
  const program = await pythonProgram(bench)
  if (program === undefined) return []
  const version = /celery==(\S+)/.exec(await readFile(requirements, 'utf8'))?.[1]
  return servers.map(server => ({
    name: `Celery + ${server.name}`,
    version: `Celery ${version}, ${server.name} ${server.version}`,
    does: DOES,
    run: work => {
      const pool = work.work === 'jobs' ? { concurrency: 2, prefetch: 64 } : { concurrency: 8, prefetch: 4 }
      return runProgram(bench, [program, join(folder, 'run.py')], { ...work, ...pool, ...server.celery })
    },
  }))
}

async function pythonProgram(bench: Bench): Promise<string | undefined> {
  try {
    return join(await pythonEnvironment('celery', requirements), 'python')
  } catch (error) {
    bench.report(`Celery is left out: ${(error as Error).message}`)
    return undefined
  }
}
