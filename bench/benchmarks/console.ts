import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { client, token } from '@daybook/shared/testing'
import { ensureConsole } from '../../services/console/build.ts'
import { noBrowser, openBrowser } from '../../test/browser/open-browser.ts'
import type { Browser, Page } from '../../test/browser/types.ts'
import type { Bench, Benchmark, BenchService } from '../harness/benchmark.ts'
import { median } from '../harness/median.ts'
import { samplesBelow } from '../processes.ts'

const TABS = ['today', 'days', 'now', 'runs', 'schedules', 'jobs', 'dead-letters', 'stream']
const TASKS = 200
const VIEWS = 9
const CHANGES = 21
// The services join their groups and the tabs read their pages before the measurement.
const SETTLE_MS = 20_000
const MEASURE_MS = 60_000

export const benchmark: Benchmark = {
  name: 'console',
  work: `The console in a browser on the local stack: from the address to the ${TASKS} tasks of a person, with nothing in the cache of the browser; from the request of another client that completes a task to the page that shows it; what eight tabs of an operator, one of each page, cost the gateway and the services in 60 s without work, in percent of one core beyond what they use without tabs; and the size of its JavaScript.`,
  rounds: 1,
  goals: [
    { figure: 'first view ms', atMost: 1000 },
    { figure: 'live change ms', atMost: 1000 },
    { figure: 'eight tabs %', atMost: 5 },
    { figure: 'JavaScript kB gzipped', atMost: 120 },
  ],
  async subjects(bench) {
    const reason = await noBrowser()
    if (reason) throw new Error(`The benchmark needs a browser: ${reason}`)
    const browser = await openBrowser({ teardown: bench.defer })
    return [{ name: 'Daybook', run: () => measure(bench, browser) }]
  },
}

async function measure(bench: Bench, browser: Browser) {
  const dist = await ensureConsole()
  const { gateway, services } = await startStack(bench)
  const admin = await token('operator', { admin: true })
  const operator = client(gateway.url, admin)
  for (let i = 0; i < TASKS; i += 1) await operator('/tasks', { body: { name: `Task ${i}` } })
  const link = async () => {
    const { body } = await operator<{ code: string }>('/sign-in/codes', { method: 'POST' })
    return `${gateway.url}/ui/#code=${body.code}`
  }
  const views: number[] = []
  for (let i = 0; i < VIEWS; i += 1) views.push(await firstView(browser, await link()))
  return {
    'first view ms': median(views),
    'live change ms': await liveChange(browser, await link(), operator),
    'eight tabs %': await costOfTabs(browser, await link(), services),
    'JavaScript kB gzipped': (await bytesOfScripts(dist)) / 1000,
  }
}

async function startStack(bench: Bench) {
  const [tasks, reporting, scheduler] = await Promise.all([
    bench.start('tasks'),
    bench.start('reporting'),
    bench.start('scheduler'),
  ])
  const addresses = { TASKS_URL: tasks.url, REPORTING_URL: reporting.url, SCHEDULER_URL: scheduler.url }
  const gateway = await bench.start('gateway', addresses)
  return { gateway, services: [tasks, reporting, scheduler, gateway] }
}

/** Opens the console in a session without a cache. @returns the milliseconds until the tasks are shown */
async function firstView(browser: Browser, link: string): Promise<number> {
  const context = await browser.newContext({ locale: 'en-US' })
  const page = await context.newPage()
  const start = performance.now()
  await page.goto(link)
  await page.locator('li.task').first().waitFor()
  const ms = performance.now() - start
  await context.close()
  return ms
}

/** Completes tasks as another client while their page is open. @returns the milliseconds until the page shows it, the median */
async function liveChange(browser: Browser, link: string, api: ReturnType<typeof client>): Promise<number> {
  const context = await browser.newContext({ locale: 'en-US' })
  const page = await context.newPage()
  await page.goto(link)
  await page.locator('li.task').first().waitFor()
  const { body } = await api<{ tasks: { id: string; name: string }[] }>(`/tasks?limit=${CHANGES}`)
  const changes: number[] = []
  for (const { id, name } of body.tasks) {
    const start = performance.now()
    await api(`/tasks/${id}/complete`, { method: 'POST' })
    await page.locator(`[aria-label="Done: ${name}"]:checked`).waitFor()
    changes.push(performance.now() - start)
  }
  await context.close()
  return median(changes)
}

async function costOfTabs(browser: Browser, link: string, services: BenchService[]): Promise<number> {
  const context = await browser.newContext({ locale: 'en-US' })
  await sleep(SETTLE_MS)
  const without = await secondsIn(services)
  const first = await context.newPage()
  await first.goto(link)
  await first.locator('li.task').first().waitFor()
  for (const name of TABS.slice(1)) await openTab(await context.newPage(), first, name)
  await sleep(SETTLE_MS)
  const seconds = await secondsIn(services)
  await context.close()
  return (100 * 1000 * (seconds - without)) / MEASURE_MS
}

/** Opens a page of the console in a tab of a session that is signed in. */
async function openTab(page: Page, first: Page, name: string): Promise<void> {
  await page.goto(`${new URL(first.url()).origin}/ui/${name}`)
  await page.locator(`.page-${name}`).waitFor()
}

/** @returns the CPU time in seconds that processes use in the next MEASURE_MS */
async function secondsIn(processes: BenchService[]): Promise<number> {
  const used = async () => {
    const samples = await samplesBelow(process.pid)
    return processes.reduce((sum, { pid }) => sum + (samples.get(pid)?.cpu ?? Number.NaN), 0)
  }
  const before = await used()
  await sleep(MEASURE_MS)
  return (await used()) - before
}

async function bytesOfScripts(dist: string): Promise<number> {
  const files = (await readdir(join(dist, 'assets'))).filter(file => file.endsWith('.js'))
  const sizes = files.map(async file => gzipSync(await readFile(join(dist, 'assets', file))).length)
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}
