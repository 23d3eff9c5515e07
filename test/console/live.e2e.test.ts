import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { LONG, token, until } from '@daybook/shared/testing'
import t, { type Test } from 'tap'
import { overflowOf, violationsInAllColours } from '../browser/check-page.ts'
import { noBrowser, openBrowser, type WatchedPage, watched } from '../browser/open-browser.ts'
import { type Console, startConsole } from '../browser/start-console.ts'
import type { Browser } from '../browser/types.ts'

const skip = (!LONG && 'npm run test:long runs it') || (await noBrowser())
const TABS = 8

t.test('live updates in a browser', { skip }, async t => {
  const browser = await openBrowser(t)
  const running = await startConsole(t)
  await t.test('the tabs of a browser share one stream, and a session that ends with the last of them', t =>
    testTabs(t, browser, running),
  )
  await t.test('without locks a hidden tab holds no stream, and catches up when it is shown', t =>
    testWithoutLocks(t, browser, running),
  )
  await t.test('a browser that gets no stream says so', t => testRefusal(t, browser, running))
})

/** How many streams of events the gateway has open. */
async function streamsOf({ gateway }: Console): Promise<number> {
  const metrics = await (await fetch(`${gateway.url}/metrics`)).text()
  return Number(/^daybook_event_streams (\d+)$/m.exec(metrics)?.[1])
}

async function testTabs(t: Test, browser: Browser, running: Console) {
  const context = await browser.newContext({ locale: 'en-US' })
  const alice = await running.as('alice')
  const streams = () => streamsOf(running)
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

  await last.goto(await running.linkFor(await token('alice')))
  await last.getByLabel('New task').waitFor()
  for (const page of others) await page.close()
  const reopened = await context.newPage()
  await reopened.goto(`${running.gateway.url}/ui/today`)
  await reopened.getByLabel('Token').waitFor()
}

/** A person whose programs have taken all streams that a user may have. */
async function testRefusal(t: Test, browser: Browser, running: Console) {
  const headers = { authorization: `Bearer ${await token('bob')}` }
  const open = async () => {
    const request = get(`${running.gateway.url}/events`, { headers })
    const [answer] = (await once(request, 'response')) as [IncomingMessage]
    answer.on('error', () => undefined).resume()
    return request
  }
  const streams = await Promise.all(Array.from({ length: 100 }, open))
  t.teardown(() => streams.map(stream => stream.destroy()))
  const context = await browser.newContext({ locale: 'en-US' })
  const { page, faults } = watched(await context.newPage())
  await page.goto(await running.linkFor(await token('bob')))
  const bob = await running.as('bob')
  const refused = page.getByText('You have 100 streams of events open', { exact: false })
  await refused.waitFor()
  t.strictSame(await violationsInAllColours(page), [])
  await page.setViewportSize({ width: 320, height: 700 })
  t.equal(await overflowOf(page), 0)

  const other = await context.newPage()
  await other.goto(`${running.gateway.url}/ui/today`)
  await other.getByText('Live updates are off.', { exact: false }).waitFor({ timeout: 60_000 })
  await bob('/tasks', { body: { name: 'Read without a stream' } })
  await page.reload()
  await page.getByText('Read without a stream', { exact: true }).waitFor()

  streams[0]?.destroy()
  for (const one of [page, other]) await one.locator('.strip').waitFor({ state: 'hidden', timeout: 60_000 })
  await bob('/tasks', { body: { name: 'With a stream again' } })
  for (const one of [page, other]) await one.getByText('With a stream again', { exact: true }).waitFor()
  t.strictSame(faults, [])
}

const turn = (state: 'hidden' | 'visible') => `
  for (const [name, value] of Object.entries({ visibilityState: '${state}', hidden: ${state === 'hidden'} }))
    Object.defineProperty(document, name, { get: () => value, configurable: true })
  document.dispatchEvent(new Event('visibilitychange'))`

/** A browser that has no Web Locks, as on a page without TLS. */
async function testWithoutLocks(t: Test, browser: Browser, running: Console) {
  const become = (count: number) =>
    until(`${count} tabs have a stream`, async () => (await streamsOf(running)) === count)
  await become(0)
  const carol = await running.as('carol')
  const context = await browser.newContext({ locale: 'en-US' })
  const tabs = []
  for (const url of [await running.linkFor(await token('carol')), `${running.gateway.url}/ui/today`]) {
    const { page, faults } = watched(await context.newPage())
    await page.addInitScript('delete Navigator.prototype.locks')
    await page.goto(url)
    await page.getByLabel('New task').waitFor()
    tabs.push({ page, faults })
  }
  const [shown, hidden] = tabs as [WatchedPage, WatchedPage]
  await become(2)
  await hidden.page.evaluate(turn('hidden'))
  await become(1)
  await carol('/tasks', { body: { name: 'While it is hidden' } })
  await shown.page.getByText('While it is hidden', { exact: true }).waitFor()
  t.equal(await hidden.page.getByText('While it is hidden', { exact: true }).count(), 0)
  await hidden.page.evaluate(turn('visible'))
  await hidden.page.getByText('While it is hidden', { exact: true }).waitFor()
  await become(2)
  t.strictSame([...shown.faults, ...hidden.faults], [])
  await context.close()
}
