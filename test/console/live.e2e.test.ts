import { LONG, token, until } from '@daybook/shared/testing'
import t from 'tap'
import { noBrowser, openBrowser, watched } from '../browser/open-browser.ts'
import { startConsole } from '../browser/start-console.ts'

const skip = (!LONG && 'npm run test:long runs it') || (await noBrowser())
const TABS = 8

t.test('the tabs of a browser share one stream', { skip }, async t => {
  const browser = await openBrowser(t)
  const running = await startConsole(t)
  const context = await browser.newContext({ locale: 'en-US' })
  const alice = await running.as('alice')
  const streams = async () => {
    const metrics = await (await fetch(`${running.gateway.url}/metrics`)).text()
    return Number(/^daybook_event_streams (\d+)$/m.exec(metrics)?.[1])
  }
  const first = watched(await context.newPage()).page
  await first.goto(await running.linkFor(await token('alice')))
  await first.getByLabel('New task').waitFor()
  const others = []
  for (let i = 1; i < TABS; i += 1) {
    const page = await context.newPage()
    await page.goto(`${running.gateway.url}/ui/today`)
    await page.getByLabel('New task').waitFor()
    others.push(page)
  }
  const last = others.at(-1) ?? first

  await alice('/tasks', { body: { name: 'For all tabs' } })
  for (const page of [first, ...others]) await page.getByText('For all tabs', { exact: true }).waitFor()
  t.equal(await streams(), 1)

  await first.close()
  await alice('/tasks', { body: { name: 'After the first' } })
  await last.getByText('After the first', { exact: true }).waitFor()
  await until('one stream is left', async () => (await streams()) === 1)

  await last.locator('summary').first().click()
  await last.getByRole('button', { name: 'Sign out' }).click()
  for (const page of others) await page.getByLabel('Token').waitFor()
})
