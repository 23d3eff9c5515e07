import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type SeenRecord, until, watchTopic } from '@daybook/shared/testing'
import { localTime } from '@daybook/shared/time/days'
import type { Test } from 'tap'
import { type Completed, completionsOf, historiesOf, unpublished } from './history.ts'
import type { Answered } from './load.ts'
import { settled } from './settled.ts'
import type { System } from './system.ts'

/**
 * Asserts at the end of a fault test that events, projection and files agree, and that they contain the result of every
 * command that was answered with 2xx. It first reports all days with completions and waits until no work is left.
 */
export async function agree(t: Test, system: System, answered: Answered[]): Promise<void> {
  const { stack } = system
  const records = await watchTopic(t, stack, 'daybook.tasks')
  const missing = () => unpublished(answered, historiesOf(records).histories)
  await until('the events of all answered commands are published', () => missing().length === 0).catch(
    () => undefined,
  )
  t.strictSame(missing().slice(0, 10), [], 'the events of all commands answered 2xx are published')

  const zones = completionsOf(historiesOf(records).histories).map(({ day, timeZone }) => ({ day, timeZone }))
  await system.reportDays([...new Map(zones.map(zone => [JSON.stringify(zone), zone])).values()])
  await settled(t, stack)
  await untilRead(records, stack.db.collection('events'))

  const { histories, faults } = historiesOf(records)
  t.strictSame(
    faults.slice(0, 10),
    [],
    'each event is published with its id and key, in the order of its task',
  )
  const completions = completionsOf(histories)
  t.comment(`${records.length} records, ${histories.size} tasks, ${completions.length} completions`)
  t.strictSame(
    await projectionOf(system),
    new Set(completions.map(keyOf)),
    'the projection follows from the events',
  )
  const files = await filesOf(stack.logDir)
  t.strictSame(
    [...files.keys()].sort(),
    namesFor(completions),
    'there is a file for each completion, and no other file',
  )
  await agreeOnLogs(t, system, completions, files)
}

/** Waits until the records contain every stored event. */
async function untilRead(records: SeenRecord[], events: { countDocuments: () => Promise<number> }) {
  const stored = await events.countDocuments()
  const read = () => new Set(records.map(({ headers }) => headers.ce_id)).size
  await until('all stored events are read', () => read() >= stored)
}

async function projectionOf({ stack }: System): Promise<Set<string>> {
  const found = await stack.db.collection<Completed>('completions').find({ takenBack: false }).toArray()
  return new Set(found.map(keyOf))
}

const keyOf = ({
  day,
  timeZone,
  taskId,
  userId,
  completedAt,
  name,
}: Pick<Completed, 'day' | 'timeZone' | 'taskId' | 'userId' | 'completedAt' | 'name'>) =>
  JSON.stringify([day, timeZone, userId, taskId, completedAt, name])

/** Returns the content of all log files by path, without temporary files and manifests. */
async function filesOf(root: string): Promise<Map<string, string>> {
  const found = await readdir(root, { recursive: true, withFileTypes: true })
  const paths = found.filter(entry => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  const files = paths.map(path => path.slice(root.length + 1)).filter(path => !path.startsWith('.'))
  return new Map(
    await Promise.all(files.map(async path => [path, await readFile(join(root, path), 'utf8')] as const)),
  )
}

/** Returns the paths of the expected files. In the tests' task names, only spaces must be replaced for a file name. */
function namesFor(completions: Completed[]): string[] {
  const names = completions.flatMap(({ day, userId, taskId, name, completedAt }) => {
    const task = `${day}/${userId}/${taskId}_${name.replaceAll(' ', '_')}_${completedAt.replace(/[-:]/g, '')}.log`
    return [`${day}/${userId}.log`, task]
  })
  return [...new Set(names)].sort()
}

async function agreeOnLogs(
  t: Test,
  { stack }: System,
  completions: Completed[],
  files: Map<string, string>,
): Promise<void> {
  const byLog = Map.groupBy(completions, ({ day, userId }) => `${day}/${userId}`)
  const logs = stack.db.collection<{ _id: string; state: string; sha256: string | null }>('user_logs')
  const known = new Map((await logs.find().toArray()).map(log => [log._id, log]))
  const wrong = [...byLog].flatMap(([id, done]) => {
    const text = textOf(done)
    const { state, sha256 } = known.get(id) ?? {}
    const hash = createHash('sha256').update(text).digest('hex')
    return [
      ...(files.get(`${id}.log`) === text ? [] : [`${id}.log differs from the events`]),
      ...(state === 'written' && sha256 === hash ? [] : [`the log ${id} is stored with ${state} ${sha256}`]),
    ]
  })
  t.strictSame(
    wrong.slice(0, 10),
    [],
    "each user's log contains each completion once, and its hash is stored",
  )
}

function textOf(completions: Completed[]): string {
  const inOrder = completions.toSorted(
    (a, b) => a.completedAt.localeCompare(b.completedAt) || a.taskId.localeCompare(b.taskId),
  )
  const line = ({ completedAt, timeZone, taskId, name }: Completed) =>
    [localTime(new Date(completedAt), timeZone), completedAt, taskId, name].join('\t')
  return inOrder.map(completion => `${line(completion)}\n`).join('')
}
