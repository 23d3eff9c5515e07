// `npm run bench:first-run` measures what README.md says about the first use of a clone: how long its two commands take from
// empty caches, and how much they download. The sizes are those of the caches afterwards.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folder = mkdtempSync(join(tmpdir(), 'daybook-first-run-'))
const [clone, npmCache, mavenCache] = ['clone', 'npm', 'maven'].map(name => join(folder, name)) as [
  string,
  string,
  string,
]
const freePorts = {
  GATEWAY_PORT: '0',
  TASKS_PORT: '0',
  REPORTING_PORT: '0',
  SCHEDULER_PORT: '0',
  KAFKA_PORT: '0',
  MONGODB_PORT: '0',
}

/** @returns how many seconds the command took; its output goes to standard error */
function seconds(...args: string[]): string {
  const began = performance.now()
  // The settings of the npm that runs this benchmark must not reach the npm of the clone.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('npm_'))
  const caches = { npm_config_cache: npmCache, MAVEN_OPTS: `-Dmaven.repo.local=${mavenCache}` }
  const env = { ...Object.fromEntries(inherited), ...freePorts, ...caches }
  execFileSync('npm', args, { cwd: clone, env, stdio: ['ignore', 2, 2] })
  return ((performance.now() - began) / 1000).toFixed(0)
}

function megabytes(path: string): string {
  const kilobytes = execFileSync('du', ['-sk', path], { encoding: 'utf8' }).split('\t')[0]
  return (Number(kilobytes) / 1024).toFixed(0)
}

try {
  execFileSync('git', ['clone', '--quiet', join(import.meta.dirname, '..'), clone])
  console.log(`npm install: ${seconds('install')} s`)
  console.log(`npm run demo, first: ${seconds('run', 'demo')} s`)
  console.log(`npm run demo, second: ${seconds('run', 'demo')} s`)
  console.log(`Downloads: ${megabytes(npmCache)} MB with npm, ${megabytes(mavenCache)} MB with Maven`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
