import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildServer } from '@daybook/shared/http'
import { AUTH_SECRET, silent } from '@daybook/shared/testing'
import { ROOT } from '../../../local/paths.ts'

/** Metrics that Prometheus itself makes. */
const PROMETHEUS_METRICS = ['up', 'ALERTS']

/** Returns the names of all metrics that a query can use. */
export async function knownMetrics(): Promise<Set<string>> {
  return new Set([...PROMETHEUS_METRICS, ...(await commonMetrics()), ...(await namedMetrics())])
}

/** Returns the metrics that every service exposes after its first request. */
async function commonMetrics(): Promise<string[]> {
  const auth = { key: { secret: AUTH_SECRET }, defaultTimeZone: 'UTC' }
  const app = await buildServer({
    title: 'Test',
    description: 'A service for tests',
    log: silent,
    auth,
    checks: {},
  })
  await app.inject('/health/live')
  const { body } = await app.inject('/metrics')
  await app.close()
  return body.match(/^[a-z]\w*/gm) ?? []
}

/** Returns the metrics that the source code of the services and of shared names. */
async function namedMetrics(): Promise<string[]> {
  const sources = await Array.fromAsync(glob('{services/*,shared}/src/**/*.ts', { cwd: ROOT }))
  const texts = await Promise.all(sources.map(file => readFile(join(ROOT, file), 'utf8')))
  const text = texts.join('\n')
  const names = (pattern: RegExp) => [...text.matchAll(pattern)].flatMap(([, name]) => name ?? [])
  const histograms = names(/new Histogram\(\{[^}]*name: '(daybook_\w+)'/g)
  return [
    ...names(/'(daybook_\w+)'/g),
    ...histograms.flatMap(name => [`${name}_bucket`, `${name}_sum`, `${name}_count`]),
  ]
}

/** Returns the names of the metrics in a PromQL expression. It removes labels, ranges, variables and operators first. */
export function metricsOf(expr: string): string[] {
  const bare = expr
    .replace(/"[^"]*"/g, '')
    .replace(/\{[^}]*\}|\[[^\]]*\]|\$\w+/g, ' ')
    .replace(/\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, ' ')
    .replace(/\b(and|or|unless|bool|offset)\b/g, ' ')
  // A name before a parenthesis is a function.
  return bare.match(/\b[a-zA-Z_:][\w:]*\b(?!\s*\()/g) ?? []
}
