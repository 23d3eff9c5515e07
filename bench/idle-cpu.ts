// `npm run bench:idle` prints what each process of an idle local stack uses: CPU time in percent of one core over a minute, and
// resident memory. It starts the stack and measures after a pause. It reads /proc, so it runs on Linux only.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

const SETTLE_MS = 20_000
const MEASURE_MS = 60_000
// The units of /proc/<pid>/stat: every Linux that Node supports has 100 ticks a second, most have pages of 4 KiB.
const [TICKS_PER_SECOND, PAGE_BYTES] = [100, 4096]

// A part of the command line, and the name to print.
const names: [string, string][] = [
  ['services/tasks/', 'tasks'],
  ['services/reporting/', 'reporting'],
  ['services/scheduler/', 'scheduler'],
  // The wrapper is listed before Kafka, because the wrapper's command line contains Kafka's.
  ['ipc-wrapper', "Kafka's wrapper"],
  ['kafka.Kafka', 'Kafka'],
  ['mongo-host', 'MongoDB'],
  ['start.ts', 'npm start'],
]

interface Sample {
  parent: number
  ticks: number
  memory: number
  command: string
}

async function sample(pid: string): Promise<Sample> {
  const [stat, command] = await Promise.all(
    ['stat', 'cmdline'].map(name => readFile(`/proc/${pid}/${name}`, 'utf8')),
  )
  // The command in parentheses may contain any character, so the fields are counted from its end: state, ppid, … (man 5 proc).
  const fields = (stat ?? '')
    .slice((stat ?? '').lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  const [parent = 0, utime = 0, stime = 0, pages = 0] = [fields[1], fields[11], fields[12], fields[21]]
  return { parent, ticks: utime + stime, memory: pages * PAGE_BYTES, command: command ?? '' }
}

/** Samples a process and all its descendants. The result is by process id. */
async function samplesBelow(root: number): Promise<Map<number, Sample>> {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name))
  const found = await Promise.allSettled(pids.map(async pid => [Number(pid), await sample(pid)] as const))
  const all = new Map(found.flatMap(result => (result.status === 'fulfilled' ? [result.value] : [])))
  const isBelow = (pid: number): boolean =>
    pid === root || (all.has(pid) && isBelow(all.get(pid)?.parent ?? 0))
  return new Map([...all].filter(([pid]) => isBelow(pid)))
}

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
  for (const [pid, { ticks, memory, command }] of after) {
    const name = names.find(([part]) => command.includes(part))?.[1] ?? command
    const seconds = (ticks - (before.get(pid)?.ticks ?? ticks)) / TICKS_PER_SECOND
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
