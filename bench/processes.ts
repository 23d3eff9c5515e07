import { readdir, readFile } from 'node:fs/promises'

// The units of /proc/<pid>/stat: every Linux that Node supports has 100 ticks a second, most have pages of 4 KiB.
const [TICKS_PER_SECOND, PAGE_BYTES] = [100, 4096]

// A part of the command line, and the name to print.
const names: [string, string][] = [
  ['services/tasks/', 'tasks'],
  ['services/reporting/', 'reporting'],
  ['services/scheduler/', 'scheduler'],
  ['jobs-worker', 'worker'],
  // The wrapper is listed before Kafka, because the wrapper's command line contains Kafka's.
  ['ipc-wrapper', "Kafka's wrapper"],
  ['kafka.Kafka', 'Kafka'],
  ['mongo-host', 'MongoDB'],
  ['start.ts', 'npm start'],
]

/** What a process has used since its start. */
export interface Sample {
  name: string
  /** CPU time in seconds. */
  cpu: number
  /** Resident memory in bytes. */
  memory: number
}

async function sample(pid: string): Promise<Sample & { parent: number }> {
  const [stat = '', command = ''] = await Promise.all(
    ['stat', 'cmdline'].map(name => readFile(`/proc/${pid}/${name}`, 'utf8')),
  )
  // The command in parentheses may contain any character, so the fields are counted from its end: state, ppid, … (man 5 proc).
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  const [parent = 0, utime = 0, stime = 0, pages = 0] = [fields[1], fields[11], fields[12], fields[21]]
  const name = names.find(([part]) => command.includes(part))?.[1] ?? command
  return { parent, name, cpu: (utime + stime) / TICKS_PER_SECOND, memory: pages * PAGE_BYTES }
}

/** Samples a process and all its descendants, on Linux only. The result is by process id. */
export async function samplesBelow(root: number): Promise<Map<number, Sample>> {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name))
  const found = await Promise.allSettled(pids.map(async pid => [Number(pid), await sample(pid)] as const))
  const all = new Map(found.flatMap(result => (result.status === 'fulfilled' ? [result.value] : [])))
  const isBelow = (pid: number): boolean =>
    pid === root || (all.has(pid) && isBelow(all.get(pid)?.parent ?? 0))
  return new Map([...all].filter(([pid]) => isBelow(pid)))
}

/**
 * Does something, and measures the CPU time of each process below this one meanwhile.
 * @returns what it returned, and the seconds by the name of the process
 */
export async function cpuOf<T>(work: () => Promise<T>): Promise<[T, Map<string, number>]> {
  const before = await samplesBelow(process.pid)
  const result = await work()
  const used = new Map<string, number>()
  for (const [pid, { name, cpu }] of await samplesBelow(process.pid))
    used.set(name, (used.get(name) ?? 0) + cpu - (before.get(pid)?.cpu ?? 0))
  return [result, used]
}
