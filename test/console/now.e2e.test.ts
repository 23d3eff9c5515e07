import { LONG } from '@daybook/shared/testing'
import t from 'tap'
import { overflowOf, violationsInAllColours } from '../browser/check-page.ts'
import { noBrowser, openBrowser } from '../browser/open-browser.ts'
import { startConsole } from '../browser/start-console.ts'

const skip = (!LONG && 'npm run test:long runs it') || (await noBrowser())

t.test('Now says whether anything is wrong, and what', { skip }, async t => {
  const browser = await openBrowser(t)
  const running = await startConsole(t)
  const { page, faults } = await running.open(browser, { user: 'operator', admin: true })
  const alice = await running.as('alice')
  const row = (name: string) => page.getByRole('link', { name, exact: true })
  const firstLine = (text: string) => page.locator('.first-line').getByText(text, { exact: false })
  const text = () => page.locator('main').innerText()

  await t.test('when everything works, it says so', async t => {
    await alice('/tasks', { body: { name: 'Counted' } })
    await page.keyboard.press('g')
    await page.keyboard.press('n')
    await firstLine('All well.').waitFor({ timeout: 30_000 })
    for (const name of ['Gateway', 'Tasks', 'Reporting', 'Scheduler', 'Kafka', 'MongoDB'])
      await row(name).waitFor()
    t.match(await text(), /0 s reporting-projection/)
    t.match(await text(), /Jobs that are due and wait for a worker or a limit\s+Scheduler\s+0/)
    t.strictSame(await violationsInAllColours(page), [])
  })

  await t.test('keys move between the rows and open one', async t => {
    for (const key of ['j', 'j', 'k', 'j', 'Enter']) await page.keyboard.press(key)
    await page.getByRole('heading', { name: 'The last 24 hours' }).waitFor()
    t.match(page.url(), /\/ui\/now\/tasks$/)
    await page.getByText('Events stored: 1 in 24 h', { exact: false }).waitFor({ timeout: 60_000 })
    t.strictSame(await violationsInAllColours(page), [])
  })

  await t.test('it is not wider than a narrow screen', async t => {
    for (const path of ['now', 'now/reporting']) {
      await page.goto(`${running.gateway.url}/ui/${path}`)
      await page.locator('table').first().waitFor()
      for (const width of [360, 320]) {
        await page.setViewportSize({ width, height: 700 })
        t.equal(await overflowOf(page), 0, `${path} at ${width}`)
      }
    }
  })

  await t.test('a service without an answer is named, and none of its numbers is 0', async t => {
    await page.goto(`${running.gateway.url}/ui/now`)
    await running.system.services.scheduler.end('SIGKILL')
    await firstLine('Scheduler does not answer.').waitFor({ timeout: 60_000 })
    await page
      .getByText(/no answer for \d+ s/)
      .first()
      .waitFor()
    t.match(await text(), /What waits in Scheduler\s+Scheduler\s+no answer/)
    t.notMatch(await text(), /jobs added/)
    t.match(await text(), /events stored/)
    t.strictSame(await violationsInAllColours(page), [])
    await running.startAgain('scheduler')
    await firstLine('All well.').waitFor({ timeout: 60_000 })
    t.strictSame(faults, [])
  })
})
