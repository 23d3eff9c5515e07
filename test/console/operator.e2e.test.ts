import { dataOf } from '@daybook/client'
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
  t.strictSame(faults, [])
})
