import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fetchJars, findJava, type JavaProgram } from '../java/java-program.ts'
import { startChild } from '../processes/child.ts'
import { LOCALHOST } from '../processes/ports.ts'
import type { Server, ServerOptions } from '../processes/server.ts'
import { startServer } from '../processes/start-server.ts'

/** A server with the S3 API. */
export type S3Server = Server & {
  endpoint: string
  accessKeyId: string
  secretAccessKey: string
  bucket: string
}

export const s3Program: JavaProgram = {
  name: 'S3Proxy',
  pom: join(import.meta.dirname, 'pom.xml'),
  megabytes: 55,
  alternative: 'or skip the tests of buckets',
}

const login = { accessKeyId: 'daybook', secretAccessKey: 'the key of the tests' }
const BUCKET = 'daybook-logs'
// A quick start with little memory.
const JVM_OPTIONS = ['-Xmx128m', '-XX:+UseSerialGC', '-XX:-UsePerfData', '-XX:TieredStopAtLevel=1']
const READY = 'ServerConnector@'

/**
 * Starts S3Proxy on 127.0.0.1 with one bucket, and waits until it accepts requests. It checks signatures, and keeps each object as a
 * file in `dir`.
 * @throws SetupError, leaving nothing running, when Java or Maven is missing, the port is in use or S3Proxy does not start
 */
export async function startS3(options: ServerOptions): Promise<S3Server> {
  const began = Date.now()
  const { java } = await findJava(s3Program, options)
  const libs = await fetchJars(s3Program, options)
  const dir = resolve(options.dir)
  const { name } = s3Program
  const prepare = async ([port = 0]: number[]) => {
    const data = join(dir, 'data')
    // A bucket is a folder.
    await mkdir(join(data, BUCKET), { recursive: true })
    const properties = join(dir, 's3proxy.conf')
    await writeFile(properties, propertiesOf(port, data))
    const wrapper = join(import.meta.dirname, '..', 'processes', 'ipc-wrapper.ts')
    const program = [
      java,
      ...JVM_OPTIONS,
      '-cp',
      join(libs, '*'),
      'org.gaul.s3proxy.Main',
      '--properties',
      properties,
    ]
    const args = [wrapper, READY, ...program]
    return (signal?: AbortSignal) =>
      startChild({ name, dir, command: process.execPath, args, env: options.env, signal })
  }
  const server = await startServer(
    { name, began, alternative: 'choose another port', prepare },
    { ...options, dir },
  )
  return { ...server, ...login, endpoint: `http://${LOCALHOST}:${server.port}`, bucket: BUCKET }
}

const propertiesOf = (port: number, data: string) =>
  [
    `s3proxy.endpoint=http://${LOCALHOST}:${port}`,
    's3proxy.authorization=aws-v4',
    `s3proxy.identity=${login.accessKeyId}`,
    `s3proxy.credential=${login.secretAccessKey}`,
    'jclouds.provider=filesystem-nio2',
    `jclouds.filesystem.basedir=${data}`,
  ].join('\n')
