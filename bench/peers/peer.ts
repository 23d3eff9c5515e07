import { join } from 'node:path'
import { execa } from 'execa'
import { CACHE } from '../../deploy/local/paths.ts'
import type { ServerOptions } from '../../deploy/local/processes/server.ts'
import type { Bench, Subject } from '../harness/benchmark.ts'

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

/** A running server of peers. */
export interface PeerServer {
  name: string
  version: string
  port: number
  /** The settings of Celery for this server. */
  celery: { broker: string; backend: string }
}

/** How a server of peers is started: with its data in the folder of the benchmark. */
export const serverOptions = ({ dir, report }: Bench, name: string): ServerOptions => ({
  env: process.env,
  cache: CACHE,
  dir: join(dir, name),
  report,
})

/** Runs a program of a peer with its settings as one JSON argument. @returns the seconds that its last line has */
export async function runProgram(
  bench: Bench,
  [file = '', ...args]: string[],
  settings: object,
): Promise<number> {
  const program = execa(file, [...args, JSON.stringify(settings)], { stderr: 2 })
  bench.defer(() => program.kill())
  const { stdout } = await program
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '').seconds
}
