import { token } from '@daybook/shared/testing'
import { dayOf } from '@daybook/shared/time/days'
import t from 'tap'
import { overflowOf, violationsOn } from '../browser/check-page.ts'
import { noBrowser, openBrowser, openPage } from '../browser/open-browser.ts'
import { startConsole } from '../browser/start-console.ts'

const skip = await noBrowser()
const ZONE = 'Europe/Berlin'

t.test('a person keeps tasks and days in the console', { skip }, async t => {
  const browser = await openBrowser(t)
  const running = await startConsole(t)
  const alice = await running.as('alice', ZONE)
  const { page, faults } = await openPage(browser, { timezoneId: 'America/Sao_Paulo' })
  const row = (name: string) => page.locator('li.task').getByText(name, { exact: true })
  const group = (name: RegExp) => page.getByRole('heading', { name })

  await t.test('a link signs in once, and its code does not stay in the address', async t => {
    const link = await running.linkFor(await token('alice', { zone: ZONE }))
    await page.goto(link)
    await page.getByText('Nothing to do', { exact: false }).waitFor()
    t.equal(page.url(), `${running.gateway.url}/ui/today`)
    const other = await openPage(browser)
    await other.page.goto(link)
    await other.page.getByRole('alert').waitFor()
    t.match(await other.page.getByRole('alert').innerText(), /DAYBOOK_SIGN_IN_REFUSED/)
    t.strictSame(await violationsOn(other.page), [])
    // Pasted into the same tab, a link loads nothing.
    await other.page.goto(await running.linkFor(await token('bob', { zone: ZONE })))
    await other.page.getByText('Nothing to do', { exact: false }).waitFor()
    await other.page.goto(await running.linkFor(await token('alice', { zone: ZONE })))
    await other.page.getByText('The link is for alice. You are signed in as bob', { exact: false }).waitFor()
    t.equal(new URL(other.page.url()).hash, '')
    await other.page.getByRole('button', { name: 'Dismiss' }).click()
  })

  await t.test('tasks are added, completed and reopened by keys', async t => {
    await page.keyboard.press('q')
    await page.keyboard.type('Water the plants #home due:today')
    await page.keyboard.press('Enter')
    await row('Water the plants').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('j')
    await page.keyboard.press('d')
    await group(/Done today/).waitFor()
    await page.keyboard.press('u')
    await group(/^Today 1/).waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('d')
    await group(/Done today/).waitFor()
    t.equal(await page.getByLabel('Done: Water the plants').isChecked(), true)
  })

  await t.test('what another client changes appears by itself', async t => {
    await page.getByLabel('New task').focus()
    const { body: task } = await alice('/tasks', { body: { name: 'Call the dentist' } })
    await row('Call the dentist').waitFor()
    await alice(`/tasks/${task.id}/complete`, { method: 'POST' })
    await page.getByRole('heading', { name: 'Done today 2' }).waitFor()
    t.equal(await page.getByLabel('Done: Call the dentist').isChecked(), true)
    t.equal(await page.getByRole('link', { name: /^History of/ }).count(), 0, 'history is for operators')
  })

  await t.test('a deleted task comes back when that is undone', async t => {
    await page.getByLabel('New task').fill('Buy bread')
    await page.keyboard.press('Enter')
    await row('Buy bread').waitFor()
    await page.getByRole('button', { name: 'Delete Buy bread' }).click()
    await row('Buy bread').waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Undo u' }).click()
    await row('Buy bread').waitFor()
    t.strictSame(await violationsOn(page), [])
  })

  await t.test('the log of a day is shown when it is written, and when it is amended', async t => {
    const day = dayOf(new Date(), ZONE)
    await page.getByRole('link', { name: 'Days', exact: true }).click()
    await page.locator('.calendar caption').getByText('2 completions').waitFor({ state: 'attached' })
    await running.system.reportDays([{ day, timeZone: ZONE }])
    await page.getByText('The log is written.').waitFor()
    t.equal(await page.locator('.day tbody tr').count(), 2)
    const { body: task } = await alice('/tasks', { body: { name: 'Too late' } })
    await alice(`/tasks/${task.id}/complete`, { method: 'POST' })
    await page.getByText('Revision 2', { exact: false }).waitFor()
    await page.getByText('after the day was closed: 2 became 3.', { exact: false }).waitFor()
    const { body: back } = await alice('/tasks', { body: { name: 'A mistake' } })
    await alice(`/tasks/${back.id}/complete`, { method: 'POST' })
    await page.getByText('3 became 4.', { exact: false }).first().waitFor()
    await alice(`/tasks/${back.id}/reopen`, { method: 'POST' })
    await page.getByText('A mistake: taken back after the day was closed').waitFor()
    await page.getByText('4 became 3.', { exact: false }).first().waitFor()
    t.strictSame(await violationsOn(page), [])
  })

  await t.test('a day whose files were removed says so, and still has its completions', async t => {
    const removedThrough = dayOf(new Date(), ZONE)
    // As if LOG_RETENTION_DAYS had passed.
    const ages = running.system.stack.db.collection<{ _id: string }>('log_ages')
    await ages.updateOne({ _id: 'log_files' }, { $set: { removedThrough } }, { upsert: true })
    await page.reload()
    await page.getByText('The log file was removed because of its age.', { exact: false }).waitFor()
    t.equal(await page.locator('.day tbody tr').count(), 3)
    t.equal(await page.getByRole('button', { name: 'file', exact: true }).count(), 0)
    t.equal(await page.getByRole('button', { name: 'CSV', exact: true }).count(), 1)
  })

  await t.test('no page is wider than a narrow screen, and none breaks its policy', async t => {
    for (const name of ['today', 'days']) {
      await page.goto(`${running.gateway.url}/ui/${name}`)
      for (const width of [360, 320]) {
        await page.setViewportSize({ width, height: 700 })
        t.equal(await overflowOf(page), 0, `${name} at ${width}`)
      }
    }
    t.strictSame(faults, [])
  })
})
