import { join, relative } from 'node:path'
import type { LocalSettings } from './settings.ts'
import type { Stack } from './stack.ts'

/** What is to be known when the stack is ready: the addresses, and commands that work when they are pasted. */
export function welcome({ urls, brokers, mongoUri }: Stack, settings: LocalSettings): string {
  const apis = Object.entries(urls).map(([name, url]) => [name, `${url}  ${url}/docs`])
  const rows = [
    ...apis,
    ['Kafka', brokers.join(',')],
    // Whoever looks over a shoulder need not see the password of a MongoDB that was given.
    ['MongoDB', mongoUri.replace(/\/\/[^@/]*@/, '//…@')],
    ['log files', shown(settings.logDir)],
    ['output', shown(join(settings.dir, 'output'))],
  ]
  return `
Daybook is ready (time zone ${settings.timeZone}).

${rows.map(([name = '', where]) => `  ${name.padEnd(10)} ${where}`).join('\n')}

In another terminal, in this folder: write a task down, complete it, end the day, read the log.

${firstSteps(urls, settings)
  .map(line => `  ${line}`)
  .join('\n\n')}

Ctrl-C stops it all; the data stay.`
}

function firstSteps(urls: Stack['urls'], { env, logDir }: LocalSettings): string[] {
  const dir = env.DAYBOOK_DIR ? `DAYBOOK_DIR=${quoted(env.DAYBOOK_DIR)} ` : ''
  // Who has an issuer of their own gets the tokens there.
  const token = (who: string) =>
    env.AUTH_JWKS_URL ? "'a token of your issuer'" : `$(${dir}npm run -s token -- ${who})`
  const as = (variable: string) => `-H "Authorization: Bearer $${variable}"`
  const json = `-H 'Content-Type: application/json'`
  return [
    `export ALICE=${token('alice')} OPERATOR=${token('op --admin')}`,
    `TASK=$(curl -sS -o /dev/null -w '%header{location}' ${urls.tasks}/tasks ${as('ALICE')} ${json} -d '{"name":"Water the plants"}')`,
    `curl -sS -X POST ${urls.tasks}$TASK/complete ${as('ALICE')}`,
    `curl -sS -X POST ${urls.scheduler}/end-of-day ${as('OPERATOR')}`,
    // The log is written after the answer to end-of-day: this waits for the task's line, and shows it.
    `until grep -rsh --include=alice.log "\${TASK#/tasks/}" ${quoted(shown(logDir))}; do sleep 1; done`,
  ]
}

const quoted = (text: string) => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`)

/** A path as it is seen from here, if that is no longer. */
function shown(path: string): string {
  const from = relative(process.cwd(), path)
  return from.startsWith('..') ? path : from
}
