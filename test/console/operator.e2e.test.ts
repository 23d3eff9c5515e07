import { dataOf } from '@daybook/client'
import { until } from '@daybook/shared/testing'
import { dayOf } from '@daybook/shared/time/days'
import t from 'tap'
import { overflowOf, violationsOn } from '../browser/check-page.ts'
import { noBrowser, openBrowser } from '../browser/open-browser.ts'
import { startConsole } from '../browser/start-console.ts'

const skip = await noBrowser()

t.test('an operator finds what happened on each page', { skip }, async t => {
  const browser = await openBrowser(t)
  const running = await startConsole(t)
  const { operator, reportDays } = running.system
  const alice = await running.as('alice', 'UTC')
  const { body: task } = await alice('/tasks', { body: { name: 'Water the plants' } })
  await alice(`/tasks/${task.id}/complete`, { method: 'POST' })
  const day = dayOf(new Date(), 'UTC')
  await reportDays([{ day, timeZone: 'UTC' }])
  const scheduler = operator('scheduler')
  await dataOf(
    scheduler.PUT('/schedules/{name}', {
      params: { path: { name: 'nightly' } },
      body: { cron: '0 3 * * *', timeZone: 'UTC' },
    }),
  )
  const job = await dataOf(scheduler.POST('/jobs', { body: { kind: 'send-invoice' } }))
  const { page, faults } = await running.open(browser, { user: 'operator', admin: true })

  /** What each page shows of it. */
  const shown: [path: string, text: string][] = [
    ['now', 'All well.'],
    ['jobs', 'send-invoice'],
    [`jobs/${job.id}`, 'send-invoice'],
    ['dead-letters', 'No dead letters'],
    ['runs', 'UTC'],
    [`runs/${day}/UTC`, 'alice'],
    ['schedules', 'nightly'],
    ['schedules/nightly', '0 3 * * *'],
    ['stream', 'Events'],
    [`history/${task.id}`, 'TaskCompleted'],
  ]
  for (const [path, text] of shown)
    await t.test(path, async t => {
      await page.goto(`${running.gateway.url}/ui/${path}`)
      await page.locator('main').getByText(text, { exact: false }).first().waitFor()
      t.strictSame(await violationsOn(page), [])
      for (const width of [360, 320, 1280]) {
        await page.setViewportSize({ width, height: 800 })
        t.equal(await overflowOf(page), 0, `it fits into ${width} px`)
      }
    })

  await t.test(
    'what is opened has the focus and names the document, but not while a person types',
    async t => {
      const focused = () => page.evaluate<string>('document.activeElement.textContent')
      const isAt = (heading: string, title: string) =>
        until(`the heading ${heading} has the focus`, async () => {
          const found = [await focused(), await page.evaluate<string>('document.title')]
          return found[0] === heading && found[1] === title
        })
      await page.keyboard.press('g')
      await page.keyboard.press('j')
      await isAt('Jobs', 'Jobs - Daybook')
      await page.locator('.data [data-key]').first().waitFor()
      await page.keyboard.press('j')
      await page.keyboard.press('Enter')
      await isAt(job.id, `${job.id} - Jobs - Daybook`)
      await page.evaluate('history.back()')
      await isAt(job.id, 'Jobs - Daybook')
      t.equal(await page.evaluate<string>('document.activeElement.closest("tr").dataset.key'), job.id)
      await page.getByRole('link', { name: 'Schedules' }).click()
      await isAt('Schedules', 'Schedules - Daybook')
      await page.keyboard.press('/')
      await page.keyboard.type('night')
      await until('the search is in the address', async () => page.url().endsWith('q=night'))
      t.equal(await page.evaluate<string>('document.activeElement.value'), 'night')
    },
  )

  await t.test('a task on Today leads an operator to its history', async () => {
    await (await running.as('operator'))('/tasks', { body: { name: 'Check the backups' } })
    await page.goto(`${running.gateway.url}/ui/today`)
    await page.getByRole('link', { name: 'History of Check the backups' }).click()
    await page.locator('.timeline').getByText('TaskCreated', { exact: false }).first().waitFor()
  })
  t.strictSame(faults, [])
})
