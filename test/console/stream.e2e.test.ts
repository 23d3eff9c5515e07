import { dataOf } from '@daybook/client'
import { LONG } from '@daybook/shared/testing'
import t from 'tap'
import { overflowOf, violationsInAllColours } from '../browser/check-page.ts'
import { noBrowser, openBrowser } from '../browser/open-browser.ts'
import { startConsole } from '../browser/start-console.ts'

const skip = (!LONG && 'npm run test:long runs it') || (await noBrowser())
const ZONE = 'Europe/Berlin'

t.test('operators see events as they happen, and what became of a task', { skip }, async t => {
  const browser = await openBrowser(t)
  const running = await startConsole(t)
  const { page, faults } = await running.open(browser, { user: 'operator', admin: true })
  const [alice, bob] = [await running.as('alice', ZONE), await running.as('bob')]
  const add = async (person: typeof alice, name: string) =>
    (await person<{ id: string }>('/tasks', { body: { name } })).body.id
  const step = (text: string) => page.locator('.timeline').getByText(text, { exact: false }).first()
  const cell = (text: string) => page.locator('td').getByText(text, { exact: true })

  await t.test('the newest event is on top, and a filter is in the address', async t => {
    await page.keyboard.press('g')
    await page.keyboard.press('e')
    await page.getByText('No event has come yet', { exact: false }).waitFor()
    await add(alice, 'First')
    await cell('First').waitFor()
    await add(bob, 'Second')
    await cell('Second').waitFor()
    t.match((await page.locator('tbody tr').allInnerTexts())[0], /Second/)
    t.strictSame(await violationsInAllColours(page), [])
    await page.getByRole('link', { name: 'bob' }).click()
    await cell('First').waitFor({ state: 'hidden' })
    t.match(page.url(), /\/ui\/stream\?user=bob$/)
    await page.getByLabel('User', { exact: true }).fill('')
    await page.keyboard.press('Enter')
    await cell('First').waitFor()
  })

  await t.test('after a reload, and from a link, the events of the last minutes are there', async () => {
    await page.reload()
    await cell('Second').waitFor()
    await page.getByRole('link', { name: 'TaskCreated' }).first().click()
    await page.getByRole('heading', { name: 'TaskCreated' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'TaskCreated' }).waitFor()
    await page.getByRole('link', { name: '« All events' }).click()
    await cell('First').waitFor()
  })

  await t.test('while it is paused or pointed at, rows wait', async t => {
    await page.locator('h1').click()
    await page.keyboard.press(' ')
    await add(alice, 'Third')
    await page.getByText('Paused: 1 held', { exact: false }).waitFor()
    t.equal(await cell('Third').count(), 0)
    await page.keyboard.press(' ')
    await cell('Third').waitFor()
    await cell('First').hover()
    await add(alice, 'Fourth')
    await page.getByRole('button', { name: 'Show 1 new' }).waitFor()
    t.equal(await cell('Fourth').count(), 0)
    await page.mouse.move(2, 2)
    await cell('Fourth').waitFor()
  })

  await t.test('after an outage each event is there once, and what may be missing is a row', async t => {
    await running.gateway.end('SIGKILL')
    await page.locator('.strip').getByText('Daybook').waitFor()
    await running.startAgain('gateway')
    await page.locator('.strip').waitFor({ state: 'hidden', timeout: 60_000 })
    await add(alice, 'Afterwards')
    await cell('Afterwards').waitFor({ timeout: 60_000 })
    t.equal(await cell('Afterwards').count(), 1)
    t.equal(await page.locator('.gap').count(), 0, 'the stream went on where it was')

    const reset = { status: 200, contentType: 'text/event-stream', body: 'event: reset\ndata: {}\n\n' }
    await page.route(/\/events$/, route => route.fulfill(reset))
    await running.gateway.end('SIGKILL')
    await running.startAgain('gateway')
    await page
      .getByText(/Events between .* may be missing/)
      .first()
      .waitFor({ timeout: 60_000 })
    await page.unroute(/\/events$/)
    await add(alice, 'At last')
    await cell('At last').waitFor({ timeout: 60_000 })
  })

  await t.test('an event leads to the history of its task', async t => {
    for (const key of ['j', 'Enter']) await page.keyboard.press(key)
    await page.getByRole('link', { name: 'History of the task' }).click()
    await page.getByText('1. TaskCreated').waitFor()
    await step('Published on Kafka').waitFor()
    t.strictSame(await violationsInAllColours(page), [])
  })

  await t.test('a history goes from the request to the line of the log', async t => {
    const id = await add(alice, 'Told in full')
    await alice(`/tasks/${id}/complete`, { method: 'POST' })
    await page.goto(`${running.gateway.url}/ui/history/${id}`)
    await step('Read by reporting').waitFor()
    await step('It follows when the day is over.').waitFor({ timeout: 30_000 })
    const day = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE }).format(new Date())
    await running.system.reportDays([{ day, timeZone: ZONE }])
    await step('Line 1 of the log of alice.').waitFor({ timeout: 30_000 })
    t.match(await page.locator('main').innerText(), new RegExp(`${id}:2`))
    t.strictSame(await violationsInAllColours(page), [])
    const late = await add(alice, 'Too late')
    await alice(`/tasks/${late}/complete`, { method: 'POST' })
    await step('Amended: revision 2').waitFor({ timeout: 30_000 })
    await step('It got more completions after the day was closed: 1 became 2.').waitFor()
    for (const name of ['Read by reporting', 'Log file', 'Amended: revision 2'])
      t.equal(await page.locator(`.timeline li:has(strong:has-text("${name}")) time`).count(), 1, name)
    t.strictSame(await violationsInAllColours(page), [])
  })

  await t.test('a task of anybody is found by its name, and by the trace of a request', async t => {
    await page.goto(`${running.gateway.url}/ui/history?q=told`)
    await page.getByRole('cell', { name: 'alice', exact: true }).waitFor()
    await page.getByRole('link', { name: 'Told in full' }).click()
    await page.getByRole('link', { name: 'Request' }).first().click()
    await page.getByText('Events of the trace').waitFor({ state: 'attached' })
    await page.getByRole('link', { name: 'TaskCreated' }).waitFor()
    t.strictSame(await violationsInAllColours(page), [])
  })

  await t.test('a deleted task is found by its name among the deleted ones', async t => {
    const id = await add(alice, 'Gone with the wind')
    await alice(`/tasks/${id}`, { method: 'DELETE' })
    await page.goto(`${running.gateway.url}/ui/history?q=gone%20with`)
    await page.getByText('Nobody has a task whose name contains "gone with".').waitFor()
    await page.getByRole('link', { name: 'Search deleted tasks' }).click()
    await page.getByRole('cell', { name: 'deleted', exact: true }).waitFor()
    t.strictSame(await violationsInAllColours(page), [])
    await page.getByRole('link', { name: 'Gone with the wind' }).click()
    await page.getByText('TaskDeleted').first().waitFor()
  })

  await t.test('a job that was added in the trace of a completion is in the history of the task', async t => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
    const headers = { traceparent: `00-${trace}-00f067aa0ba902b7-01` }
    const scheduler = running.system.operator('scheduler')
    const id = await add(alice, 'With a mail')
    await alice(`/tasks/${id}/complete`, { method: 'POST', headers })
    const job = await dataOf(scheduler.POST('/jobs', { body: { kind: 'send-mail' }, headers }))
    await page.goto(`${running.gateway.url}/ui/history/${id}`)
    await step('waits for its time or for a worker').waitFor()
    await dataOf(scheduler.POST('/jobs/{id}/cancel', { params: { path: { id: job.id } } }))
    await page.locator('.step-ended').getByText('cancelled').waitFor()
    t.equal(await page.locator('.step-ended').count(), 1, 'only the completion has its trace')
    const fits = async () => {
      t.strictSame(await violationsInAllColours(page), [])
      for (const width of [320, 1280]) {
        await page.setViewportSize({ width, height: 800 })
        t.equal(await overflowOf(page), 0, `${page.url()} at ${width}`)
      }
    }
    await fits()
    await page.getByRole('link', { name: 'Job send-mail' }).click()
    await page.getByRole('link', { name: trace }).waitFor()
    await fits()
    await page.getByRole('link', { name: trace }).click()
    await page.getByRole('link', { name: 'TaskCompleted' }).waitFor()
    await page.getByRole('link', { name: job.id }).waitFor()
    await fits()
    await page.goto(`${running.gateway.url}/ui/history?trace=${'0'.repeat(31)}1`)
    await page.getByText('No event is known of this trace').waitFor()
    await page.getByText('No job is known of this trace').waitFor()
  })

  await t.test('without reporting and the scheduler the history says what is not known', async t => {
    await running.system.services.reporting.end('SIGKILL')
    await page.goto(`${running.gateway.url}/ui/history?user=alice&q=told`)
    await page.getByRole('link', { name: 'Told in full' }).click()
    await step('Reporting does not answer').waitFor({ timeout: 30_000 })
    await page.getByText('2. TaskCompleted').waitFor()
    await running.system.services.scheduler.end('SIGKILL')
    await page.reload()
    await page.getByText('The scheduler did not answer, so jobs are missing').waitFor({ timeout: 30_000 })
    await step('Published on Kafka').waitFor()
    const shown = page.url().split('/ui/').at(-1) ?? ''
    for (const path of ['stream', 'history', 'history?user=alice&q=told', shown]) {
      await page.goto(`${running.gateway.url}/ui/${path}`)
      await page.locator('.filters, .timeline').first().waitFor()
      for (const width of [360, 320]) {
        await page.setViewportSize({ width, height: 700 })
        t.equal(await overflowOf(page), 0, `${path} at ${width}`)
      }
    }
    t.strictSame(faults, [])
  })
})
