// `npm run bench:idle`: starts the local stack, lets it settle, and prints what each of its processes uses while nobody
// asks it anything: CPU in percent of one core over a minute, and resident memory. Linux only, it reads /proc.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

const SETTLE = 20_000
const MEASURE = 60_000
// Of /proc/<pid>/stat: 100 ticks a second on every Linux that Node runs on, pages of 4 KiB on most.
const [TICKS, PAGE] = [100, 4096]

const names: [string, string][] = [
  ['services/tasks/', 'tasks'],
  ['services/reporting/', 'reporting'],
  ['services/scheduler/', 'scheduler'],
  // Before Kafka, whose command line it carries.
  ['keeper', "Kafka's keeper"],
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
  // After the command in parentheses, which may hold anything: state, ppid, …; man 5 proc.
  const fields = (stat ?? '')
    .slice((stat ?? '').lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  const [parent = 0, utime = 0, stime = 0, pages = 0] = [fields[1], fields[11], fields[12], fields[21]]
  return { parent, ticks: utime + stime, memory: pages * PAGE, command: command ?? '' }
}

/** The samples of a process and all that it started, by process id. */
async function samplesBelow(root: number): Promise<Map<number, Sample>> {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name))
  const found = await Promise.allSettled(pids.map(async pid => [Number(pid), await sample(pid)] as const))
  const all = new Map(found.flatMap(result => (result.status === 'fulfilled' ? [result.value] : [])))
  const isBelow = (pid: number): boolean =>
    pid === root || (all.has(pid) && isBelow(all.get(pid)?.parent ?? 0))
  return new Map([...all].filter(([pid]) => isBelow(pid)))
}

async function ready(stack: ChildProcess): Promise<void> {
  for await (const line of createInterface({ input: stack.stdout as NodeJS.ReadableStream })) {
    if (line.includes('Daybook is ready')) return
  }
  throw new Error('the stack ended before it was ready')
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
  await sleep(SETTLE)
  const before = await samplesBelow(stack.pid as number)
  await sleep(MEASURE)
  const after = await samplesBelow(stack.pid as number)
  console.log(
    `Idle for ${MEASURE / 1000} s on ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`,
  )
  for (const [pid, { ticks, memory, command }] of after) {
    const name = names.find(([part]) => command.includes(part))?.[1] ?? command
    const seconds = (ticks - (before.get(pid)?.ticks ?? ticks)) / TICKS
    const percent = ((100 * seconds) / (MEASURE / 1000)).toFixed(2)
    console.log(
      `${name.padEnd(16)} ${percent.padStart(6)} % of a core ${String(Math.round(memory / 1e6)).padStart(5)} MB`,
    )
  }
} finally {
  stack.kill('SIGTERM')
  await exited
  await rm(dir, { recursive: true })
}
