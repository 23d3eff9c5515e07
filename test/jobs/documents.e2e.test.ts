import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AUTH_SECRET, makeStack, runShell, startService } from '@daybook/shared/testing'
import t from 'tap'

const ROOT = join(import.meta.dirname, '../..')
const PAGES = ['docs/jobs.md', 'docs/from-celery.md']

// The commands start about a hundred short programs, which takes long on a busy machine.
t.setTimeout(280_000)

/** Some of the lines that the commands print, in order. */
const PRINTED = [
  '5\n9',
  'time',
  'failed,succeeded',
  'customer-7',
  '.*"result":15.*',
  '.*"result":10.*',
  '3,7',
  '.*"result":6.*',
  'asked\ncancelled',
  'No worker reads the lane images',
  'true\npaused',
  'Hello, Ada',
  // from-celery.md
  'failed,succeeded',
  '5\nsucceeded\ntoo late',
  '.*"result":15.*',
  '.*"result":6.*',
  'timeout',
]

/** The shell blocks of a page, each after a line that says where it is. */
async function blocksOf(page: string): Promise<string> {
  const text = await readFile(join(ROOT, page), 'utf8')
  const blocks = [...text.matchAll(/^```sh\n(.*?)^```$/gms)]
  return blocks
    .map(({ 1: block = '', index }) => {
      const line = text.slice(0, index).split('\n').length
      return `echo '--- ${page}:${line}'\n${block}`
    })
    .join('')
}

t.test(
  'the commands of the guide to jobs, and of the page for users of Celery, work as they stand',
  async t => {
    const { env } = await makeStack(t)
    const { url } = await startService(t, 'scheduler', { ...env, TIME_ZONES: 'UTC' })
    const scripts = await Promise.all(PAGES.map(blocksOf))
    const script = scripts.join('').replaceAll('http://127.0.0.1:3003', url)
    const { KAFKA_BROKERS = '', TOPIC_PREFIX = '' } = env
    const settings = {
      KAFKA_BROKERS,
      TOPIC_PREFIX,
      AUTH_SECRET,
      DAYBOOK_DIR: t.testdir(),
      LOG_LEVEL: 'silent',
    }
    const output = await runShell(t, script, { cwd: ROOT, env: settings })
    let rest = output
    for (const line of PRINTED) {
      const found = new RegExp(`^${line}$`, 'm').exec(rest)
      t.ok(found, `it prints ${line}`)
      rest = rest.slice(found === null ? 0 : found.index + found[0].length)
    }
  },
)
