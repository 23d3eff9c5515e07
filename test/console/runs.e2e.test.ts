import { LONG, until } from '@daybook/shared/testing'
import { dayOf } from '@daybook/shared/time/days'
import t from 'tap'
import { overflowOf, violationsInAllColours } from '../browser/check-page.ts'
import { noBrowser, openBrowser } from '../browser/open-browser.ts'
import { startConsole } from '../browser/start-console.ts'
import { publishCompletions } from '../support/publish-completions.ts'

const skip = (!LONG && 'npm run test:long runs it') || (await noBrowser())
const ZONE = 'Europe/Berlin'

t.test('an operator watches runs in the console, and runs them again', { skip }, async t => {
  const browser = await openBrowser(t)
  const running = await startConsole(t)
  const { system } = running
  const day = dayOf(new Date(), ZONE)
  const { page, faults } = await running.open(browser, { user: 'operator', admin: true, zone: ZONE })
  const at = (path: string) => `${running.gateway.url}/ui/runs${path}`
  const logs = system.stack.db.collection<{ _id: string }>('user_logs')

  await t.test('the days of the world are shown before anything has run', async t => {
    await page.goto(at(''))
    await page.getByText('Next days to end').first().waitFor()
    await page.getByText('No day with a completed task is over yet', { exact: false }).waitFor()
    t.match(await page.getByRole('img').getAttribute('aria-label'), /Local dates now, in \d{3} time zones/)
    t.strictSame(await violationsInAllColours(page), [])
  })

  await t.test('a run appears by itself when a day ends', async t => {
    for (const user of ['alice', 'bob']) {
      const person = await running.as(user, ZONE)
      const { body: task } = await person('/tasks', { body: { name: 'Water the plants' } })
      await person(`/tasks/${task.id}/complete`, { method: 'POST' })
    }
    await system.reportDays([{ day, timeZone: ZONE }])
    await page.getByText('2 of 2 users').waitFor()
    t.strictSame(await violationsInAllColours(page), [])
  })

  await t.test('a failure shows its reason, in the list and for its user', async t => {
    const failure = { state: 'failed', error: 'The disk said no', failedAt: new Date() }
    await logs.updateOne({ _id: `${day}/bob` }, { $set: failure })
    await page.goto(at(''))
    await page.getByText('The disk said no').waitFor()
    await page.keyboard.press('f')
    await until('the address says it', async () => page.url().endsWith('?failed=true'))
    await page.getByText('The disk said no').waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByText('The disk said no').waitFor()
    t.strictSame(await violationsInAllColours(page), [])
    await page.locator('.users select').selectOption('failed')
    await page.getByText('1 user', { exact: true }).waitFor()
  })

  await t.test(
    'runs are found by day and by time zone, and a day without a run has a link to its reason',
    async t => {
      await page.goto(at(`?day=${day}&timeZone=${encodeURIComponent(ZONE)}`))
      await page.getByText('1 run', { exact: true }).waitFor()
      t.equal(await page.getByLabel('Day', { exact: true }).inputValue(), day)
      await page.getByLabel('Time zone', { exact: true }).fill('Asia/Tokyo')
      await page.keyboard.press('Enter')
      await page.getByText(`No run is of ${day} and is in Asia/Tokyo.`).waitFor()
      t.match(page.url(), /timeZone=Asia%2FTokyo/)
      await page.getByRole('link', { name: 'Say why' }).click()
      await until('the page of the run', async () => page.url().endsWith(`/runs/${day}/Asia%2FTokyo`))
      await page.goto(at(`/${day}/${encodeURIComponent(ZONE)}`))
      await page.getByText('The disk said no').waitFor()
    },
  )

  await t.test('only what failed is written again, after a count', async t => {
    await page.getByRole('button', { name: 'Run again for the 1 failed' }).click()
    const confirm = page.getByRole('button', { name: 'Write 1 log again' })
    await confirm.waitFor()
    t.strictSame(await violationsInAllColours(page), [])
    await confirm.click()
    await page.getByText('Done: 2 logs written', { exact: false }).waitFor()
    await page.getByText('failed logs', { exact: true }).waitFor()
    await until(
      'it is written',
      async () => (await logs.findOne({ _id: `${day}/bob`, state: 'written' })) !== null,
    )
  })

  await t.test('a run is written again for one user, and for all by a key', async () => {
    await page.goto(at(`/${day}/${encodeURIComponent(ZONE)}`))
    await page.getByRole('button', { name: 'Write again the log of alice' }).click()
    await page.getByRole('button', { name: 'Write 1 log again' }).click()
    await page.getByText('Done: 1 log written', { exact: false }).waitFor()
    await page.keyboard.press('r')
    await page.getByRole('button', { name: 'Write 2 logs again' }).click()
    await page.getByText('Done: 2 logs written, 0 logs changed', { exact: false }).waitFor()
  })

  await t.test('a screen reader is told the same result again, and why an order was refused', async t => {
    await page.evaluate(`
      const region = document.querySelector('[aria-live]')
      window.told = []
      new MutationObserver(() => told.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true })
    `)
    const button = page.getByRole('button', { name: 'Write again the log of alice' })
    for (const times of [1, 2]) {
      await button.click()
      await until(`it is told ${times} times`, async () => {
        const told = await page.evaluate<string[]>('told')
        // Sentences of the same moment are told together.
        return told.filter(text => text.includes('Counted.')).length === times
      })
      await page.getByRole('button', { name: 'Cancel' }).click()
    }
    await page.route(/reporting\/runs$/, route =>
      route.fulfill({ status: 503, contentType: 'text/html', body: 'Away' }),
    )
    await button.click()
    await page.getByRole('alert').getByText('has answered 503', { exact: false }).waitFor()
    t.strictSame(await violationsInAllColours(page), [])
    await page.unroute(/reporting\/runs$/)
  })

  await t.test('a day on which nobody completed anything is a success', async () => {
    const timeZone = 'Asia/Tokyo'
    const params = { path: { id: `${dayOf(new Date(), timeZone)}@${timeZone}` } }
    await system.operator('scheduler').POST('/end-of-day', { body: { timeZone } })
    await until('the day is known to be empty', async () => {
      const { error } = await system.operator('reporting').GET('/runs/{id}', { params })
      return error?.type === 'urn:daybook:error:DAYBOOK_DAY_EMPTY'
    })
    await page.goto(at(`/${dayOf(new Date(), timeZone)}/${encodeURIComponent(timeZone)}`))
    await page.getByText('Nobody completed anything', { exact: false }).waitFor()
  })

  await t.test('a run of 1,000 users is told to screen readers in a few sentences', async t => {
    const today = dayOf(new Date(), 'UTC')
    const publish = await publishCompletions(t, system.stack, { day: today, users: 1000 })
    await page.goto(at(''))
    await page.getByText('2 of 2 users').waitFor()
    const regions = await page.evaluate(`
      window.announcements = [];
      const regions = [...document.querySelectorAll('[aria-live], [role=status], [role=alert]')];
      for (const region of regions)
        new MutationObserver(() => region.textContent && announcements.push(region.textContent))
          .observe(region, { childList: true, characterData: true, subtree: true });
      regions.length
    `)
    t.equal(regions, 1, 'the page has one live region')
    await publish(1000)
    // So slow that the page sees it several times.
    const body = { perProcess: 150, total: null }
    await system.operator('reporting').PUT('/writers/limit', { body })
    await system.reportDays([{ day: today, timeZone: 'UTC' }])
    await page.getByText('1,000 of 1,000 users', { exact: false }).waitFor({ timeout: 60_000 })
    const announcements = await until('its end is told', async () => {
      const told = await page.evaluate<string[]>('window.announcements')
      return told.at(-1)?.includes('all logs are done') && told
    })
    t.comment(announcements.join('\n'))
    t.ok(announcements.length <= 6, `${announcements.length} announcements`)
    t.match(announcements.at(-1), `${today} in UTC`)
  })

  await t.test('no page is wider than a narrow screen, and none breaks its policy', async t => {
    for (const path of ['', `/${day}/${encodeURIComponent(ZONE)}`, '/2026-01-01/UTC']) {
      await page.goto(at(path))
      for (const width of [360, 320]) {
        await page.setViewportSize({ width, height: 700 })
        t.equal(await overflowOf(page), 0, `${path} at ${width}`)
      }
    }
    t.strictSame(faults, [])
  })
})
