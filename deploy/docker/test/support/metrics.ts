import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildServer } from '@daybook/shared/http'
import { AUTH_SECRET, silent } from '@daybook/shared/testing'

const SERVICES = join(import.meta.dirname, '..', '..', '..', '..', 'services')
/** Prometheus makes these itself. */
const OF_PROMETHEUS = ['up', 'ALERTS']

/** The names of all metrics that can be asked for. */
export async function knownMetrics(): Promise<Set<string>> {
  return new Set([...OF_PROMETHEUS, ...(await commonMetrics()), ...(await serviceMetrics())])
}

/** What every service exposes, once it has answered a request. */
async function commonMetrics(): Promise<string[]> {
  const auth = { key: { secret: AUTH_SECRET }, defaultTimeZone: 'UTC' }
  const app = await buildServer({ title: 'Test', description: 'Of the tests', log: silent, auth, checks: {} })
  await app.inject('/health/live')
  const { body } = await app.inject('/metrics')
  await app.close()
  return body.match(/^[a-z]\w*/gm) ?? []
}

/** What the services register of their own, as their sources name it. */
async function serviceMetrics(): Promise<string[]> {
  const files = await readdir(SERVICES, { recursive: true })
  const sources = files.filter(file => /^\w+\/src\/.*\.ts$/.test(file))
  const texts = await Promise.all(sources.map(file => readFile(join(SERVICES, file), 'utf8')))
  return [...texts.join('\n').matchAll(/'(daybook_\w+)'/g)].flatMap(([, name]) => name ?? [])
}

/** The names of the metrics in a PromQL expression: what is left when all else that has a name is taken out. */
export function metricsOf(expr: string): string[] {
  const bare = expr
    .replace(/"[^"]*"/g, '')
    .replace(/\{[^}]*\}|\[[^\]]*\]|\$\w+/g, ' ')
    .replace(/\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, ' ')
    .replace(/\b(and|or|unless|bool|offset)\b/g, ' ')
  // What stands before a parenthesis is a function.
  return bare.match(/\b[a-zA-Z_:][\w:]*\b(?!\s*\()/g) ?? []
}
