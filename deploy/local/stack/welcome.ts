import { join, relative } from 'node:path'
import type { LocalSettings } from './settings.ts'
import type { Stack } from './stack.ts'

/**
 * The text that `npm start` prints when the stack is ready: addresses, folders, and the first commands to try.
 * @param console the address of the console, see `consoleLink`
 */
export function welcome(stack: Stack, settings: LocalSettings, console: string): string {
  const { urls, brokers, mongoUri } = stack
  const apis = Object.entries(urls).map(([name, url]) => [name, `${url}  ${url}/docs`])
  const rows = [
    ...apis,
    ['Kafka', brokers.join(',')],
    // Hides the password of a MongoDB that MONGODB_URI names: other people may see the screen.
    ['MongoDB', mongoUri.replace(/\/\/[^@/]*@/, '//…@')],
    ['log files', shown(settings.logDir)],
    ['output', shown(join(settings.dir, 'output'))],
  ]
  return `
Daybook is ready (time zone ${settings.timeZone}). Open the console:

  ${console}

${rows.map(([name = '', where]) => `  ${name.padEnd(10)} ${where}`).join('\n')}

Paste this into another terminal, in this folder. It starts a worker, adds a job of a kind that the worker knows, and shows
what became of it. \`kill $!\` stops the worker:

${jobCommands(stack, settings)}
This creates a task, completes it, ends the day and shows the log:

${taskCommands(urls, settings)}
Press Ctrl-C to stop everything. The data stay.`
}

/**
 * The commands of README.md, section "Run it", for this stack's addresses, folders and tokens.
 * @returns shell commands, to be pasted as they are; a test holds README.md and this text equal
 */
function jobCommands({ urls, brokers }: Stack, settings: LocalSettings): string {
  return `export OPERATOR=${token(settings, 'op --admin')}

${workerSettings(brokers, settings)}node_modules/.bin/node examples/workers/typescript/send-invoice.ts &

curl -sS ${urls.scheduler}/jobs -H 'prefer: wait=60' \\
  --oauth2-bearer "$OPERATOR" --json '{
    "kind": "send-invoice",
    "data": {"invoice": 4711, "to": "ada@example.org"}
  }'
`
}

/** The variables by which a worker finds Kafka; nothing if the defaults of a worker are right. */
function workerSettings(brokers: readonly string[], { env }: LocalSettings): string {
  const list = brokers.join(',')
  const broker = list === '127.0.0.1:9092' ? '' : `KAFKA_BROKERS=${quoted(list)} `
  return env.TOPIC_PREFIX ? `${broker}TOPIC_PREFIX=${quoted(env.TOPIC_PREFIX)} ` : broker
}

function token({ env }: LocalSettings, who: string): string {
  const dir = env.DAYBOOK_DIR ? `DAYBOOK_DIR=${quoted(env.DAYBOOK_DIR)} ` : ''
  return env.AUTH_JWKS_URL ? "'a token of your issuer'" : `$(${dir}npm run -s token -- ${who})`
}

/** See `jobCommands`. */
function taskCommands(urls: Stack['urls'], settings: LocalSettings): string {
  return `export ALICE=${token(settings, 'alice')}

TASK=$(curl -sS ${urls.tasks}/tasks \\
  --oauth2-bearer "$ALICE" --json '{"name": "Water the plants"}' \\
  -o /dev/null -w '%header{location}')

curl -sS -X POST ${urls.tasks}$TASK/complete \\
  --oauth2-bearer "$ALICE"

curl -sS -X POST ${urls.scheduler}/end-of-day \\
  --oauth2-bearer "$OPERATOR"

until grep -rsh --include=alice.log "\${TASK#/tasks/}" ${quoted(shown(settings.logDir))}
do sleep 1; done
`
}

const quoted = (text: string) => (/^[\w.,:/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`)

/** Returns a path inside the current folder as a relative path, and any other path unchanged. */
function shown(path: string): string {
  const from = relative(process.cwd(), path)
  return from.startsWith('..') ? path : from
}
