import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { keyOf, type TaskEvent, toMessage, topics } from '@daybook/shared/events'
import { connectKafka } from '@daybook/shared/kafka'
import { makeStack, silent, until } from '@daybook/shared/testing'
import t, { type Test } from 'tap'
import { fetchJars, findJava } from '../deploy/local/java/java-program.ts'
import { CACHE } from '../deploy/local/paths.ts'
import { taskExamples } from '../shared/src/contract/examples.ts'
import { pythonEnvironment } from './support/python-environment.ts'

const examples = join(import.meta.dirname, '../examples/consumers')
/** The command of each example, or why it cannot run here. */
const commands: Record<string, string[] | Error> = {
  TypeScript: [process.execPath, join(examples, 'typescript/completions.ts')],
  Python: await pythonEnvironment('python-consumer', join(examples, 'python/requirements.txt')).then(
    bin => [join(bin, 'python'), join(examples, 'python/completions.py')],
    error => error as Error,
  ),
  Java: await javaCommand().catch(error => error as Error),
}

async function javaCommand(): Promise<string[]> {
  const pom = join(examples, 'java/pom.xml')
  const program = { name: 'Java-consumer', pom, megabytes: 25, alternative: 'or leave out this test' }
  const report = (line: string) => t.comment(line)
  const options = { env: process.env, cache: CACHE, dir: CACHE, report }
  const { java } = await findJava(program, options)
  const jars = await fetchJars(program, options)
  return [java, '-XX:TieredStopAtLevel=1', '-cp', join(jars, '*'), join(examples, 'java/Completions.java')]
}

const { TaskCreated, TaskCompleted, TaskReopened } = taskExamples
const { taskId } = TaskCompleted.data
/** An event of another task of the same user. */
const ofOther = (event: typeof TaskCompleted): typeof TaskCompleted => ({
  ...event,
  id: 'other:1',
  subject: 'other',
  data: { ...event.data, taskId: 'other', sequence: 1 },
})
const unknown = { ...TaskCreated, id: 'unknown', type: 'TaskPainted', data: { userId: 'alice' } }

/** Starts an example, and collects the lines that it prints. */
function start(t: Test, [program = '', ...args]: string[], env: NodeJS.ProcessEnv) {
  const child: ChildProcess = spawn(program, args, {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const gone = once(child, 'close')
  t.teardown(() => child.kill('SIGKILL') && gone)
  const lines: string[] = []
  if (child.stdout) createInterface(child.stdout).on('line', line => lines.push(line))
  child.stderr?.on('data', text => t.comment(String(text).trimEnd()))
  return { lines, end: () => child.kill('SIGTERM') && gone }
}

for (const [language, command] of Object.entries(commands)) {
  const skip =
    command instanceof Error && `the client of ${language} cannot be installed here: ${command.message}`
  t.test(
    `the consumer in ${language} counts each completion once, and goes on where it was`,
    { skip },
    async t => {
      const { env, brokers, prefix } = await makeStack(t)
      const port = { brokers, prefix, service: 'test', topics: [topics.tasks], log: silent }
      const kafka = await connectKafka({ ...port, onCrash: error => t.fail(error.message) })
      t.teardown(() => kafka.close())
      const publish = (...events: unknown[]) =>
        kafka.publish(
          topics.tasks.name,
          (events as TaskEvent[]).map(event => toMessage(event, keyOf.tasks(event))),
        )
      await publish(TaskCreated, TaskCompleted, unknown, TaskCompleted, TaskReopened, ofOther(TaskCompleted))

      const first = start(t, command as string[], env)
      const all = ['alice 2026-11-22 1', `repeat ${taskId} 3`, 'alice 2026-11-22 0', 'alice 2026-11-22 1']
      await until('all events are counted', () => first.lines.length >= all.length)
      await first.end()
      t.strictSame(first.lines, all)

      const later = {
        ...TaskCompleted,
        id: `${taskId}:5`,
        data: { ...TaskCompleted.data, sequence: 5, day: '2026-11-23' },
      }
      await publish(later)
      const second = start(t, command as string[], env)
      await until('the later event is counted', () => second.lines.length > 0)
      await second.end()
      t.strictSame(second.lines, ['alice 2026-11-23 1'])
    },
  )
}
