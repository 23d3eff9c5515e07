import { LONG, token, until } from '@daybook/shared/testing'
import t from 'tap'
import { violationsInAllColours } from '../browser/check-page.ts'
import { noBrowser, openBrowser, openPage, type WatchedPage } from '../browser/open-browser.ts'
import { serveConsole } from '../browser/serve-console.ts'
import type { Browser } from '../browser/types.ts'

const skip = (!LONG && 'npm run test:long runs it') || (await noBrowser())
const KIRITIMATI = 'Pacific/Kiritimati'
const SAO_PAULO = 'America/Sao_Paulo'
// Ten seconds before midnight in Kiritimati.
const BEFORE = '2030-11-06T09:59:50Z'
const AFTER_MS = 15_000

const task = {
  ...{ id: 'a', name: 'Water the plants', status: 'open', dueOn: '2030-11-06', notes: null, tags: [] },
  ...{ version: 1, completedAt: null, createdAt: '2030-11-01T00:00:00Z', updatedAt: '2030-11-01T00:00:00Z' },
}

/** Days of each shade, one whose log has failed, and one whose log was amended. */
const days = [1, 2, 5, 40].map((completions, i) => ({
  day: `2030-11-0${i + 1}`,
  completions,
  failed: i === 2,
  revision: i === 3 ? 2 : 1,
}))

t.test('days in the browser', { skip }, async t => {
  const browser = await openBrowser(t)
  let time = BEFORE
  const console = await serveConsole(
    t,
    (path, query) => {
      if (path === '/status') return { body: { parts: [] } }
      if (path === '/services/reporting/days') return { body: { month: query.get('month'), days } }
      if (path !== '/services/tasks/tasks') return undefined
      return { body: { tasks: query.get('status') === 'open' ? [task] : [], nextCursor: null } }
    },
    () => time,
  )
  /** Opens the console for a person, in a browser of a time zone, at that time. */
  const open = async (browser: Browser, zone: string, timezoneId: string): Promise<WatchedPage> => {
    time = BEFORE
    const watched = await openPage(browser, { timezoneId })
    const bearer = await token('alice', { zone, expires: '20y' })
    await watched.page.clock.install({ time })
    await watched.page.addInitScript(`sessionStorage.setItem('daybook.token', '${bearer}')`)
    return watched
  }

  await t.test('at midnight Today and Days show the new day by themselves', async t => {
    const { page, faults } = await open(browser, KIRITIMATI, SAO_PAULO)
    const pass = async () => {
      time = new Date(Date.parse(BEFORE) + AFTER_MS).toISOString()
      await page.clock.runFor(AFTER_MS)
    }
    await page.goto(`${console.url}/ui/today`)
    await page.getByRole('heading', { name: 'Today 1' }).waitFor()
    t.equal(console.asked.filter(url => url.includes('completedAfter=2030-11-06')).length, 0)
    await pass()
    await page.getByRole('heading', { name: 'Overdue 1' }).waitFor()
    await until('what was completed on the new day is read', () =>
      console.asked.some(url => url.includes('completedAfter=2030-11-06')),
    )
    await page.goto(`${console.url}/ui/days`)
    await page.getByRole('heading', { name: 'Thursday, 7 November 2030' }).waitFor()
    t.match(await page.locator('.calendar .today').innerText(), /7/)
    await page.getByText('48 completions').waitFor({ state: 'attached' })
    t.strictSame(await violationsInAllColours(page), [])
    t.strictSame(faults, [])
  })

  await t.test(
    'the calendar is the same in browsers of all time zones, also when a day has no midnight',
    async t => {
      // In São Paulo the clocks went from 00:00 to 01:00 on 4 November 2018, and back to 23:00 before 18 February 2018.
      const days = ['2018-11-04', '2018-02-17', '2018-02-18', '1994-12-31', '2030-11-06']
      const calendars = []
      for (const timezoneId of [SAO_PAULO, KIRITIMATI, 'UTC']) {
        const { page, faults } = await open(browser, SAO_PAULO, timezoneId)
        const shown = []
        for (const day of days) {
          await page.goto(`${console.url}/ui/days/${day}`)
          await page.locator('.calendar').getByText('48 completions').waitFor({ state: 'attached' })
          shown.push(await page.locator('.calendar').innerText())
        }
        await page.goto(`${console.url}/ui/days/2018-11-03`)
        await page.locator('.calendar [aria-current=date]').focus()
        for (const day of ['04', '05']) {
          await page.keyboard.press('ArrowRight')
          await until('the next day', async () => page.url().endsWith(`/2018-11-${day}`))
        }
        calendars.push(shown)
        t.strictSame(faults, [])
      }
      t.match(calendars[0]?.[0], /Thursday,\s+1\s[\s\S]*Sunday,\s+4\s/)
      t.strictSame(calendars[1], calendars[0])
      t.strictSame(calendars[2], calendars[0])
    },
  )
})
