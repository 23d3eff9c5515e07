import { client, LONG, token, until } from '@daybook/shared/testing'
import t, { type Test } from 'tap'
import { noBrowser, openBrowser } from '../browser/open-browser.ts'
import { startConsole } from '../browser/start-console.ts'
import { stackWithDedicatedServers } from '../support/dedicated-servers.ts'

const skip = (!LONG && 'npm run test:long runs it') || (await noBrowser())
t.setTimeout(600_000)
const BACK = { state: 'hidden', timeout: 120_000 } as const

t.test('the console says what is killed, keeps what is typed, and recovers by itself', { skip }, async t => {
  const browser = await openBrowser(t)
  const { stack, kafka, mongo } = await stackWithDedicatedServers(t)
  const running = await startConsole(t, { stack })
  const { page, faults } = await running.open(browser, { user: 'alice' })
  const input = page.getByLabel('New task')
  const strip = page.locator('.strip')
  const operator = await running.open(browser, { user: 'operator', admin: true })
  const theirStrip = operator.page.locator('.strip')
  const admin = client(running.gateway.url, await token('operator', { admin: true }))
  const jobs = operator.page.locator('.data tbody tr')
  await admin('/jobs', { body: { kind: 'resize', data: {} } })
  await operator.page.goto(`${running.gateway.url}/ui/jobs`)
  await jobs.first().waitFor()
  const placeOfJob = () =>
    operator.page.evaluate<number>(`document.querySelector('.data tbody tr').getBoundingClientRect().top`)
  const names: string[] = []

  const service = (name: 'tasks' | 'reporting' | 'scheduler' | 'gateway') => ({
    kill: () => (name === 'gateway' ? running.gateway : running.system.services[name]).end('SIGKILL'),
    restart: () => running.startAgain(name),
  })

  /** Adds a task while something is away, and leaves a half sentence in the field. */
  async function outage(t: Test, part: { kill: () => unknown; restart: () => unknown }, shown: string) {
    const name = `Typed without ${shown}`
    names.push(name)
    await input.fill(name)
    const place = await placeOfJob()
    await part.kill()
    await strip.getByText(shown, { exact: true }).waitFor({ timeout: 60_000 })
    await theirStrip.getByText(shown, { exact: true }).waitFor({ timeout: 60_000 })
    if (shown === 'The scheduler') await theirStrip.getByText(/the jobs/).waitFor({ timeout: 60_000 })
    t.equal(await placeOfJob(), place, 'no row moves in the tab of the operator')
    if (shown !== 'Daybook') {
      const health = await fetch(`${running.gateway.url}/health/ready`)
      t.notMatch(await health.text(), /127\.0\.0\.1|ECONN/, 'its readiness tells nobody an address')
    }
    await input.press('Enter')
    await page.getByText(name, { exact: true }).waitFor()
    await input.fill('Half a sentence')
    await part.restart()
    await strip.waitFor(BACK)
    await theirStrip.waitFor(BACK)
    await page.getByText('not saved').waitFor(BACK)
    t.equal(await input.inputValue(), 'Half a sentence')
    const alice = await running.as('alice')
    await until('it is stored once', async () => {
      const { body } = await alice<{ tasks: { name: string }[] }>('/tasks')
      return body.tasks.filter(task => task.name === name).length === 1
    })
    const other = `By another client after ${shown}`
    await alice('/tasks', { body: { name: other } })
    await page.getByText(other, { exact: true }).waitFor({ timeout: 60_000 })
    const before = await jobs.count()
    await admin('/jobs', { body: { kind: 'resize', data: {} } })
    await until('the operator sees a new job', async () => (await jobs.count()) === before + 1)
  }

  const parts = [
    ['The tasks service', service('tasks')],
    ['The reporting service', service('reporting')],
    ['The scheduler', service('scheduler')],
    ['Daybook', service('gateway')],
    ['Kafka', kafka],
    ['MongoDB', mongo],
  ] as const
  for (const [shown, part] of parts) await t.test(shown, t => outage(t, part, shown))

  for (const name of names) t.equal(await page.getByText(name, { exact: true }).count(), 1, name)
  t.strictSame([...faults, ...operator.faults], [])
})
