import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AUTH_SECRET, startService } from '@daybook/shared/testing'
import mongoose from 'mongoose'
import { CACHE } from '../../deploy/local/paths.ts'
import { embeddedServers } from '../../deploy/local/stack/infrastructure.ts'
import type { Bench, BenchKafka, ServiceName } from './benchmark.ts'
import { peakMemory } from './peak-memory.ts'

const MAX_WARNINGS = 30

/** A benchmark's environment, with what the harness needs of it. */
export interface OpenBench extends Bench {
  /** The peak memory in MB of each service that this benchmark started. */
  ownPeaks: Record<string, number>
  /** The version of MongoDB, once the benchmark has started it. */
  mongoVersion: () => string | undefined
  /** Reports the last warnings that the services logged, for a benchmark that failed. */
  reportWarnings: () => void
  /** Ends everything that the benchmark started. */
  close: () => Promise<void>
}

interface OpenOptions {
  name: string
  isQuick: boolean
  /** Peaks of other benchmarks. */
  peaks: Record<string, number>
}

/** Opens the environment of one benchmark. It starts nothing yet. */
export async function openBench({ name, isQuick, peaks }: OpenOptions): Promise<OpenBench> {
  const dir = await mkdtemp(join(tmpdir(), `daybook-bench-${name}-`))
  const ends: (() => unknown)[] = [() => rm(dir, { recursive: true })]
  const defer = (end: () => unknown) => void ends.push(end)
  const report = (line: string) => void process.stderr.write(`  ${line}\n`)
  const warnings: string[] = []
  const ownPeaks: Record<string, number> = {}
  let version: string | undefined
  const servers = { env: process.env, cache: CACHE, report }

  const kafka = once(() => openKafka({ ...servers, dir: join(dir, 'kafka') }, defer))
  const mongo = once(async () => {
    const server = await embeddedServers.startMongo({ ...servers, dir: join(dir, 'mongo') })
    defer(server.stop)
    version = await versionOf(server.uri)
    return { uri: server.uri }
  })

  async function start(service: ServiceName | 'gateway', env: Record<string, string> = {}) {
    const [{ brokers }, { uri }] = await Promise.all([kafka(), mongo()])
    const t = {
      teardown: defer,
      comment: (line: string) => void warnings.push(line.replace(/ {"level.*/, '')),
    }
    const given = { KAFKA_BROKERS: brokers.join(','), MONGODB_URI: uri, LOG_DIR: join(dir, 'logs') }
    const started = await startService(t, service, { ...given, PORT: '0', AUTH_SECRET, ...env })
    const pid = started.process.pid as number
    const notePeak = async () => {
      const peak = await peakMemory(pid)
      if (peak !== undefined) ownPeaks[service] = Math.max(peak, ownPeaks[service] ?? 0)
    }
    defer(notePeak)
    const stop = async () => {
      await notePeak()
      return started.end('SIGTERM')
    }
    return { url: started.url, pid, stop }
  }

  return {
    dir,
    report,
    defer,
    scaled: count => (isQuick ? Math.ceil(count / 20) : count),
    kafka,
    mongo,
    start,
    peaks: () => peaks,
    reportWarnings() {
      for (const line of warnings.slice(-MAX_WARNINGS)) report(line)
    },
    ownPeaks,
    mongoVersion: () => version,
    async close() {
      const failed: unknown[] = []
      for (const end of ends.reverse()) {
        try {
          await end()
        } catch (error) {
          failed.push(error)
        }
      }
      if (failed.length > 0)
        throw new AggregateError(failed, 'not everything of the benchmark could be ended')
    },
  }
}

async function openKafka(
  options: Parameters<typeof embeddedServers.startKafka>[0],
  defer: Bench['defer'],
): Promise<BenchKafka> {
  let server = await embeddedServers.startKafka(options)
  const { brokers, port } = server
  defer(() => server.stop())
  return {
    brokers,
    kill: () => server.kill(),
    async restart() {
      server = await embeddedServers.startKafka({ ...options, port })
    },
  }
}

async function versionOf(uri: string): Promise<string> {
  const connection = await mongoose.createConnection(uri).asPromise()
  try {
    return (await connection.getClient().db('admin').admin().serverInfo()).version as string
  } finally {
    await connection.close()
  }
}

/** @returns a function that does the work at its first call and returns that promise at every call */
function once<Value>(work: () => Promise<Value>): () => Promise<Value> {
  let promise: Promise<Value> | undefined
  return () => {
    promise ??= work()
    return promise
  }
}
