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
 * The end of every test of faults: reports all days on which something was completed, waits until nothing is under way,
 * and asserts that events, projection and files say the same, and that nothing which was answered 2xx is missing.
 */
export async function agree(t: Test, system: System, answered: Answered[]): Promise<void> {
  const { stack } = system
  const records = await watchTopic(t, stack, 'daybook.tasks')
  const all = () => unpublished(answered, historiesOf(records).histories)
  await until('all that was answered is published', () => all().length === 0).catch(() => undefined)
  t.strictSame(all().slice(0, 10), [], 'what was answered 2xx is published')

  const zones = completionsOf(historiesOf(records).histories).map(({ day, timeZone }) => ({ day, timeZone }))
  await system.reportDays([...new Map(zones.map(zone => [JSON.stringify(zone), zone])).values()])
  await settled(t, stack)
  await untilRead(records, stack.db.collection('events'))

  const { histories, faults } = historiesOf(records)
  t.strictSame(
    faults.slice(0, 10),
    [],
    'each event is published under its own name, in the order of its task',
  )
  const completions = completionsOf(histories)
  t.comment(`${records.length} records, ${histories.size} tasks, ${completions.length} completions`)
  t.strictSame(
    await projectionOf(system),
    new Set(completions.map(keyOf)),
    'the projection is what the events say',
  )
  const files = await filesOf(stack.logDir)
  t.strictSame([...files.keys()].sort(), namesFor(completions), 'there is a file for each, and no other')
  await agreeOnLogs(t, system, completions, files)
}

/** Waits until the records hold every event that is stored. */
async function untilRead(records: SeenRecord[], events: { countDocuments: () => Promise<number> }) {
  const stored = await events.countDocuments()
  const read = () => new Set(records.map(({ headers }) => headers.ce_id)).size
  await until('all events that are stored are read', () => read() >= stored)
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

/** All files but the drafts, by their path, and what is in them. */
async function filesOf(root: string): Promise<Map<string, string>> {
  const found = await readdir(root, { recursive: true, withFileTypes: true })
  const paths = found.filter(entry => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  const files = paths.map(path => path.slice(root.length + 1)).filter(path => !path.startsWith('.tmp/'))
  return new Map(
    await Promise.all(files.map(async path => [path, await readFile(join(root, path), 'utf8')] as const)),
  )
}

/** The files that there must be; a task's name begins with the safe part of its own. */
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
      ...(state === 'written' && sha256 === hash ? [] : [`of ${id} is known ${state} ${sha256}`]),
    ]
  })
  t.strictSame(
    wrong.slice(0, 10),
    [],
    "each user's log holds what the events say, once, and its hash is known",
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
