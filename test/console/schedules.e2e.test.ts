import { LONG, until } from '@daybook/shared/testing'
import t from 'tap'
import { overflowOf, violationsInAllColours } from '../browser/check-page.ts'
import { noBrowser, openBrowser } from '../browser/open-browser.ts'
import { startConsole } from '../browser/start-console.ts'

const skip = (!LONG && 'npm run test:long runs it') || (await noBrowser())

t.test('an operator keeps schedules in the console', { skip }, async t => {
  const browser = await openBrowser(t)
  const running = await startConsole(t)
  const api = running.system.operator('scheduler')
  const { page, faults } = await running.open(browser, {
    user: 'operator',
    admin: true,
    zone: 'Europe/Berlin',
  })
  const at = (path: string) => `${running.gateway.url}/ui/schedules${path}`
  const read = async (name: string) =>
    (await api.GET('/schedules/{name}', { params: { path: { name } } })).data
  const preview = page.locator('.preview')
  const rows = (where = page.locator('main')) => where.locator('.data tbody tr')

  await t.test('a schedule is made beside the preview of its firings', async t => {
    await page.goto(at(''))
    await page.getByText('No operator has made a schedule', { exact: false }).waitFor()
    t.strictSame(await violationsInAllColours(page), [])
    await page.keyboard.press('n')
    await page.getByLabel('Name').fill('report')
    await page.getByLabel('Cron expression').fill('30 2 * * *')
    await page.getByLabel('Time zone').fill('Asia/Kolkata')
    await preview.getByText('02:30 +05:30', { exact: false }).first().waitFor()
    t.equal(await rows(preview).count(), 10)
    t.strictSame(await violationsInAllColours(page), [])
  })

  await t.test('what cannot be read keeps the last preview, and names the field', async t => {
    await page.getByLabel('Cron expression').fill('61 2 * * *')
    await page.locator('.preview.old').waitFor()
    t.strictSame(await violationsInAllColours(page), [])
    await page.getByText('is no valid minute', { exact: false }).first().waitFor()
    t.equal(await rows(preview).count(), 10)
    t.equal(await page.getByLabel('Cron expression').getAttribute('aria-invalid'), 'true')
    await page.getByLabel('Cron expression').fill('30 2 * * *')
    await page.locator('.preview:not(.old)').waitFor()
    await page.getByRole('button', { name: 'Make the schedule' }).click()
    await page.getByRole('heading', { name: 'report', exact: true }).waitFor()
    t.match((await read('report'))?.definition, { cron: '30 2 * * *', timeZone: 'Asia/Kolkata' })
  })

  await t.test('a form that is saved unchanged changes nothing', async t => {
    for (const [name, timeZone] of [
      ['report', 'Asia/Kolkata'],
      ['utc', 'UTC'],
    ] as const) {
      const body = { cron: '30 2 * * *', timeZone, data: { note: 'é' } }
      await api.PUT('/schedules/{name}', { params: { path: { name } }, body })
      const before = await read(name)
      await page.goto(at(`/${name}/change`))
      await page.getByRole('button', { name: 'Save the change' }).click()
      await page.getByRole('heading', { name, exact: true }).waitFor()
      t.strictSame((await read(name))?.definition, before?.definition)
      t.equal((await read(name))?.version, before?.version)
    }
  })

  await t.test('a change says which slots come and go, and overwrites nobody', async t => {
    await page.goto(at('/report/change'))
    await page.getByLabel('Cron expression').fill('0 3 * * *')
    await preview.getByText('10 go away').waitFor()
    t.strictSame(await violationsInAllColours(page), [])
    const body = { cron: '0 4 * * *', timeZone: 'Asia/Kolkata' }
    await api.PUT('/schedules/{name}', { params: { path: { name: 'report' } }, body })
    await page.getByRole('button', { name: 'Save the change' }).click()
    await page.getByText('Somebody else has changed this schedule', { exact: false }).waitFor()
    t.equal((await read('report'))?.definition?.cron, '0 4 * * *')
    t.strictSame(await violationsInAllColours(page), [])
    await page.getByRole('button', { name: 'Save mine over theirs' }).click()
    await page.getByRole('heading', { name: 'report', exact: true }).waitFor()
    t.equal((await read('report'))?.definition?.cron, '0 3 * * *')
  })

  await t.test('keys pause a schedule and fire it, and firing asks', async t => {
    await page.goto(at(''))
    await page.getByRole('link', { name: 'report', exact: true }).waitFor()
    await page.keyboard.press('j')
    const name = await page.evaluate<string>('document.activeElement.textContent')
    await page.keyboard.press('p')
    await page.getByText(`${name} is paused.`, { exact: false }).first().waitFor()
    t.equal((await read(name))?.definition?.paused, true)
    await page.keyboard.press('F')
    await page.getByRole('button', { name: 'Fire now' }).waitFor()
    t.strictSame(await violationsInAllColours(page), [])
    await page.getByRole('button', { name: 'Fire now' }).click()
    await page.getByText(`${name} was fired.`, { exact: false }).first().waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('fired by hand', { exact: true }).waitFor()
    await page.getByText('by hand, by operator', { exact: true }).waitFor()
    await page.getByText(/^firing:.*:by-hand:/).waitFor()
    t.strictSame(await violationsInAllColours(page), [])
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByRole('button', { name: `Delete ${name}` }).waitFor()
    t.strictSame(await violationsInAllColours(page), [])
    await page.getByRole('button', { name: `Delete ${name}` }).click()
    await until('it is deleted', async () => (await read(name)) === undefined)
  })

  await t.test('a schedule may be called new', async () => {
    const body = { cron: '30 2 * * *', timeZone: 'UTC' }
    await api.PUT('/schedules/{name}', { params: { path: { name: 'new' } }, body })
    await page.goto(at('/new'))
    await page.getByRole('heading', { name: 'new', exact: true }).waitFor()
  })

  await t.test('schedules are found by a part of the definition and by state', async () => {
    const body = { cron: '30 2 * * *', timeZone: 'Asia/Tokyo' }
    await api.PUT('/schedules/{name}', { params: { path: { name: 'far' } }, body })
    await page.goto(at('?q=tokyo'))
    await page.getByRole('link', { name: 'far', exact: true }).waitFor()
    await page.getByText('1 schedule', { exact: true }).waitFor()
    await page.goto(at('?state=ended'))
    await page.getByText('No schedule is ended.', { exact: false }).waitFor()
    await page.getByRole('button', { name: 'Show all schedules' }).click()
    await page.getByRole('link', { name: 'utc', exact: true }).waitFor()
  })

  await t.test('the ends of days are listed, and no page is wider than a narrow screen', async t => {
    await page.goto(at('?kind=end-of-day&q=berlin'))
    await page.getByRole('link', { name: 'end-of-day:Europe/Berlin' }).waitFor()
    for (const path of ['', '/utc', '/report', '/utc/change', '?view=new', '/end-of-day%3AEurope%2FBerlin']) {
      await page.goto(at(path))
      for (const width of [360, 320]) {
        await page.setViewportSize({ width, height: 700 })
        t.equal(await overflowOf(page), 0, `${path} at ${width}`)
      }
    }
    t.strictSame(faults, [])
  })
})
