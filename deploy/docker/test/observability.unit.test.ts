import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'
import { parse } from 'yaml'
import { knownMetrics, metricsOf } from './support/metrics.ts'

const read = (file: string) => readFile(join(import.meta.dirname, '..', '..', '..', file), 'utf8')
const readYaml = async (file: string) => parse(await read(file), { merge: true })

type Query = { refId: string; expr: string }
type Panel = { title: string; datasource: { type: string; uid: string }; targets: Query[] }
type Rule = {
  alert: string
  expr: string
  labels: { severity: string }
  annotations: { summary: string; description: string }
}

const { services } = await readYaml('docker-compose.yml')
const prometheus = await readYaml('deploy/prometheus/prometheus.yml')
const { groups }: { groups: { rules: Rule[] }[] } = await readYaml('deploy/prometheus/alerts.yml')
const [datasource] = (await readYaml('deploy/grafana/datasources/prometheus.yml')).datasources
const [provider] = (await readYaml('deploy/grafana/dashboards/provider.yml')).providers
const { panels }: { panels: Panel[] } = JSON.parse(await read('deploy/grafana/dashboards/daybook.json'))
const rules = groups.flatMap(group => group.rules)
const ruleOf = (name: string) => rules.find(rule => rule.alert === name)?.expr

test('each panel has a unique title, queries, and the provisioned datasource', async t => {
  const filled = { title: /./, datasource: { type: datasource.type, uid: datasource.uid } }
  for (const panel of panels) {
    t.match(panel, filled, panel.title)
    t.ok(panel.targets.length > 0, panel.title)
    for (const query of panel.targets) t.match(query, { refId: /./, expr: /./ }, panel.title)
  }
  t.equal(new Set(panels.map(panel => panel.title)).size, panels.length, 'titles are unique')
})

test('each alert has a unique name, a severity, a summary and a description', async t => {
  const filled = {
    labels: { severity: /^(critical|warning)$/ },
    annotations: { summary: /./, description: /./ },
  }
  for (const rule of rules) t.match(rule, filled, rule.alert)
  t.equal(new Set(rules.map(rule => rule.alert)).size, rules.length, 'names are unique')
})

test('the dashboard and the alerts use only metrics that exist', async t => {
  const known = await knownMetrics()
  for (const { expr } of [...panels.flatMap(panel => panel.targets), ...rules]) {
    const names = metricsOf(expr)
    t.ok(names.length > 0, `${expr} names a metric`)
    const unknown = names.filter(name => !known.has(name))
    t.strictSame(unknown, [], expr)
  }
})

test('Prometheus scrapes each service at its port, and an alert reports when a service is absent', async t => {
  const [{ dns_sd_configs }] = prometheus.scrape_configs
  t.equal(dns_sd_configs.length, 4)
  for (const { names, port } of dns_sd_configs) {
    t.equal(port, services[names[0]].environment.PORT, names[0])
    t.match(ruleOf('ServiceGone'), `absent(up{service="${names[0]}"})`, 'an alert reports its absence')
  }
})

test('the memory limit of the alert and of the dashboard is the limit of the containers', async t => {
  const mebibytes = parseInt(services.tasks.mem_limit, 10)
  t.match(ruleOf('MemoryNearLimit'), ` * ${mebibytes} * 1024 ^ 2`)
  const memory = panels.find(panel => panel.title === 'Memory')
  t.match(JSON.stringify(memory), `"value":${mebibytes * 2 ** 20}`)
})

test('Grafana reads the mounted dashboards and reaches Prometheus by its service name', async t => {
  const { volumes, environment } = services.grafana
  const { path } = provider.options
  t.ok(volumes.includes(`./deploy/grafana/dashboards:${path}:ro`))
  t.equal(environment.GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH, `${path}/daybook.json`)
  t.ok(services[new URL(datasource.url).hostname])
})
