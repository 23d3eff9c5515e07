import { token, until } from '@daybook/shared/testing'
import t from 'tap'
import { overflowOf, violationsInAllColours } from '../../browser/check-page.ts'
import { noBrowser, openBrowser, openPage } from '../../browser/open-browser.ts'
import { serveConsole } from '../../browser/serve-console.ts'

const skip = await noBrowser()

/** An event of the stream. The names have different lengths, so rows have different heights on a narrow screen. */
const event = (number: number) => ({
  ...{ id: `task-${number}:1`, type: 'TaskCreated', time: new Date().toISOString() },
  ...{ topic: 'daybook.tasks', partition: 0, offset: String(number) },
  data: {
    taskId: `task-${number}`,
    userId: 'bob',
    name: `Task ${number}${' more'.repeat((number % 7) * 4)}`,
  },
})
const eventsFrom = (first: number, count: number) => Array.from({ length: count }, (_, i) => event(first + i))

/** Where the first row below the line on top is in the window. */
const FIRST_ROW = `(() => {
  const rows = [...document.querySelectorAll('tr[data-key]')]
  const row = rows.find(one => one.getBoundingClientRect().top > 100)
  return { key: row.dataset.key, top: row.getBoundingClientRect().top }
})()`
const topOf = (key: string) => `document.querySelector('tr[data-key="${key}"]')?.getBoundingClientRect().top`
const drawn = 'new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))'
const scrollTo = (y: string) => `window.scrollTo(0, ${y}); ${drawn}`
const END = 'document.documentElement.scrollHeight'

t.test('a list of 1,000 live rows', { skip }, async t => {
  const browser = await openBrowser(t)
  const console = await serveConsole(t, path => {
    if (path !== '/events/recent') return { body: { parts: [] } }
    return { body: { events: [event(0)], since: new Date().toISOString() } }
  })
  const { page, faults } = await openPage(browser, { viewport: { width: 1000, height: 700 } })
  const bearer = await token('operator', { admin: true })
  await page.addInitScript(`sessionStorage.setItem('daybook.token', '${bearer}')`)
  const isFilled = Promise.withResolvers<void>()
  await page.route(/\/events$/, async route => {
    await isFilled.promise
    await route.continue()
  })
  await page.goto(`${console.url}/ui/stream`)
  const row = (index: number) => page.locator(`tr[aria-rowindex="${index}"]`)
  const firstRow = () => page.evaluate<{ key: string; top: number }>(FIRST_ROW)
  const focused = () =>
    page.evaluate<{ index: string; top: number; bottom: number }>(`(() => {
      const row = document.activeElement.closest('tr')
      const { top, bottom } = row.getBoundingClientRect()
      return { index: row.ariaRowIndex, top, bottom }
    })()`)
  const isInWindow = ({ top, bottom }: { top: number; bottom: number }) => top > 40 && bottom <= 700

  await t.test(
    'nothing is missing between the recent events and the stream that opens after them',
    async t => {
      await row(2).getByText('Task 0', { exact: false }).waitFor()
      isFilled.resolve()
      await console.tell([event(1)])
      await row(2).getByText('Task 1', { exact: false }).waitFor()
      t.equal(await page.locator('.gap').count(), 0)
    },
  )

  await t.test('only the rows near the window are in the document, and all are counted', async t => {
    await console.tell(eventsFrom(2, 999))
    await page.locator('table[aria-rowcount="1001"]').waitFor()
    await row(2).getByText('Task 1000', { exact: false }).waitFor()
    const count = await page.locator('tr[data-key]').count()
    t.ok(count > 15 && count < 100, `${count} rows are in the document`)
    t.equal(await row(1001).count(), 0)
    await page.evaluate(scrollTo(END))
    await row(1001).waitFor()
    await page.evaluate(scrollTo('0'))
    await row(2).waitFor()
  })

  await t.test(
    'keys reach rows that are not in the document, and the row with the focus stays in it',
    async t => {
      for (let i = 0; i < 40; i += 1) await page.keyboard.press('j')
      t.equal((await focused()).index, '41')
      t.ok(isInWindow(await focused()))
      await page.evaluate(scrollTo(END))
      await row(1001).waitFor()
      t.equal((await focused()).index, '41')
      t.strictSame(await violationsInAllColours(page), [])
      await page.keyboard.press('j')
      t.equal((await focused()).index, '42')
      t.ok(isInWindow(await focused()))
      await page.keyboard.press('k')
      t.equal((await focused()).index, '41')
    },
  )

  await t.test(
    'rows that come while the list is scrolled do not move it, and are shown by a button',
    async t => {
      await page.evaluate(`document.activeElement.blur(); ${scrollTo('9000')}`)
      const before = await firstRow()
      await console.tell(eventsFrom(1001, 3))
      const button = page.getByRole('button', { name: 'Show 3 new' })
      await button.waitFor()
      const after = await firstRow()
      t.equal(after.key, before.key)
      t.ok(Math.abs(after.top - before.top) < 1, `it was at ${before.top} and is at ${after.top}`)
      await button.click()
      await page.mouse.move(2, 2)
      await row(2).getByText('Task 1003', { exact: false }).waitFor()
      t.equal(await page.evaluate('window.scrollY'), 0)
      await console.tell(eventsFrom(1004, 1))
      await row(2).getByText('Task 1004', { exact: false }).waitFor()
    },
  )

  await t.test(
    'on a narrow screen no row jumps when those above it turn out to have another height',
    async t => {
      await page.setViewportSize({ width: 360, height: 700 })
      await page.evaluate(scrollTo(`${END} / 2`))
      await until('rows are drawn', async () => (await firstRow()).top < 700)
      for (let i = 0; i < 12; i += 1) {
        const { key, top } = await firstRow()
        await page.evaluate(`window.scrollBy(0, -250); ${drawn}`)
        t.ok(Math.abs((await page.evaluate<number>(topOf(key))) - top - 250) < 2, `${key} moved by 250`)
      }
      await page.evaluate(scrollTo(END))
      await row(1001).waitFor()
      t.equal(await overflowOf(page), 0)
      t.strictSame(faults, [])
    },
  )
})
