import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LONG, type Stack, until } from '@daybook/shared/testing'
import t from 'tap'
import { localStack, startProgram } from '../support/program.ts'

const LINES = 6000
/** How many tasks are stored when tasks is killed. */
const KILLED_AT = [1000, 2500, 4000]
const skip = !LONG && 'npm run test:long runs it'

t.test('a demo during which tasks is killed three times creates each task once', { skip }, async t => {
  const { env, dir, stack } = await localStack(t)
  const list = join(dir, 'my.txt')
  const names = Array.from({ length: LINES }, (_, n) => `Task ${n}`)
  await writeFile(list, names.map((name, n) => `${n % 10 === 0 ? 'x ' : ''}${name} for:p${n % 7}\n`).join(''))
  const demo = startProgram(t, 'demo', [list], env)
  for (const [i, count] of KILLED_AT.entries()) {
    const tasks = stack.db.collection('tasks')
    await until(`${count} tasks are stored`, async () => (await tasks.countDocuments()) >= count)
    process.kill(Number.parseInt(await readFile(join(dir, 'output', 'tasks.pid'), 'utf8'), 10), 'SIGKILL')
    await until('the demo has seen it', () => demo.output().split('tasks: ended by itself').length > i + 1)
  }
  t.equal(await demo.gone, 0, demo.output())
  t.match(demo.output(), '6,000 tasks created, 600 completed, for 7 people')
  const created = await stored(stack, 'TaskCreated')
  t.strictSame(created.map(({ data }) => data.name).sort(), names.sort())
  t.equal((await stored(stack, 'TaskCompleted')).length, LINES / 10)
})

/** The stored events of a type. */
const stored = ({ db }: Stack, type: string) => db.collection('events').find({ type }).toArray()
