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
  // Who has an issuer of their own gets the token there.
  const token = (who: string) => (env.AUTH_JWKS_URL ? '$TOKEN' : `$(${dir}npm run -s token -- ${who})`)
  const as = (who: string) => `-H "Authorization: Bearer ${token(who)}"`
  const json = `-H 'Content-Type: application/json'`
  const newest = `${urls.tasks}/tasks?status=open&limit=1`
  return [
    `curl -sS ${urls.tasks}/tasks ${as('alice')} ${json} -d '{"name":"Water the plants"}'`,
    `TASK=$(curl -sS '${newest}' ${as('alice')} | sed 's/.*"id":"\\([^"]*\\)".*/\\1/')`,
    `curl -sS -X POST ${urls.tasks}/tasks/$TASK/complete ${as('alice')}`,
    `curl -sS -X POST ${urls.scheduler}/end-of-day ${as('op --admin')}`,
    `cat ${quoted(shown(logDir))}/*/alice.log`,
  ]
}

const quoted = (text: string) => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`)

/** A path as it is seen from here, if that is no longer. */
function shown(path: string): string {
  const from = relative(process.cwd(), path)
  return from.startsWith('..') ? path : from
}
