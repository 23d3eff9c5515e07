// `npm run bench:idle` prints what each process of an idle local stack uses: CPU time in percent of one core over a minute, and
// resident memory. It starts the stack and measures after a pause. It reads /proc, so it runs on Linux only.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { samplesBelow } from './processes.ts'

const SETTLE_MS = 20_000
const MEASURE_MS = 60_000

/** Waits until the stack reports that it is ready. */
async function ready(stack: ChildProcess): Promise<void> {
  for await (const line of createInterface({ input: stack.stdout as NodeJS.ReadableStream })) {
    if (line.includes('Daybook is ready')) return
  }
  throw new Error('The stack ended before it was ready: see its output above')
}

const dir = await mkdtemp(join(tmpdir(), 'daybook-idle-'))
const anyPort = Object.fromEntries(
  ['TASKS', 'REPORTING', 'SCHEDULER', 'KAFKA', 'MONGODB'].map(n => [`${n}_PORT`, '0']),
)
const start = join(import.meta.dirname, '..', 'deploy', 'local', 'commands', 'start.ts')
const env = { ...process.env, ...anyPort, DAYBOOK_DIR: dir }
const stack = spawn(process.execPath, [start], { env, stdio: ['ignore', 'pipe', 'inherit'] })
const exited = once(stack, 'exit')
try {
  await ready(stack)
  await sleep(SETTLE_MS)
  const before = await samplesBelow(stack.pid as number)
  await sleep(MEASURE_MS)
  const after = await samplesBelow(stack.pid as number)
  console.log(
    `Idle for ${MEASURE_MS / 1000} s on ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`,
  )
  for (const [pid, { name, cpu, memory }] of after) {
    const seconds = cpu - (before.get(pid)?.cpu ?? cpu)
    const percent = ((100 * seconds) / (MEASURE_MS / 1000)).toFixed(2)
    console.log(
      `${name.padEnd(16)} ${percent.padStart(6)} % of a core ${String(Math.round(memory / 1e6)).padStart(5)} MB`,
    )
  }
} finally {
  stack.kill('SIGTERM')
  await exited
  await rm(dir, { recursive: true })
}
