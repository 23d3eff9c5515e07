import { join, relative } from 'node:path'
import type { LocalSettings } from './settings.ts'
import type { Stack } from './stack.ts'

/** The text that `npm start` prints when the stack is ready: addresses, folders, and the first commands to try. */
export function welcome({ urls, brokers, mongoUri }: Stack, settings: LocalSettings): string {
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
Daybook is ready (time zone ${settings.timeZone}).

${rows.map(([name = '', where]) => `  ${name.padEnd(10)} ${where}`).join('\n')}

Paste this into another terminal, in this folder. It creates a task, completes it, ends the day and shows the log:

${firstCommands(urls, settings)}
Press Ctrl-C to stop everything. The data stay.`
}

/**
 * The commands of README.md, section "Run it", for this stack's addresses, folders and tokens.
 * @returns shell commands, to be pasted as they are; a test holds README.md and this text equal
 */
function firstCommands(urls: Stack['urls'], { env, logDir }: LocalSettings): string {
  const dir = env.DAYBOOK_DIR ? `DAYBOOK_DIR=${quoted(env.DAYBOOK_DIR)} ` : ''
  const token = (who: string) =>
    env.AUTH_JWKS_URL ? "'a token of your issuer'" : `$(${dir}npm run -s token -- ${who})`
  return `export ALICE=${token('alice')}
export OPERATOR=${token('op --admin')}

TASK=$(curl -sS ${urls.tasks}/tasks \\
  --oauth2-bearer "$ALICE" --json '{"name": "Water the plants"}' \\
  -o /dev/null -w '%header{location}')

curl -sS -X POST ${urls.tasks}$TASK/complete \\
  --oauth2-bearer "$ALICE"

curl -sS -X POST ${urls.scheduler}/end-of-day \\
  --oauth2-bearer "$OPERATOR"

until grep -rsh --include=alice.log "\${TASK#/tasks/}" ${quoted(shown(logDir))}
do sleep 1; done
`
}

const quoted = (text: string) => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`)

/** Returns a path inside the current folder as a relative path, and any other path unchanged. */
function shown(path: string): string {
  const from = relative(process.cwd(), path)
  return from.startsWith('..') ? path : from
}
