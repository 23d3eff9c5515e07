import { toMessage, topics } from '@daybook/shared/events'
import { connectKafka } from '@daybook/shared/kafka'
import { LONG, silent, until } from '@daybook/shared/testing'
import t from 'tap'
import { taskExamples } from '../../shared/src/contract/examples.ts'
import { overflowOf, violationsOn } from '../browser/check-page.ts'
import { noBrowser, openBrowser } from '../browser/open-browser.ts'
import { type Console, startConsole } from '../browser/start-console.ts'

const skip = (!LONG && 'npm run test:long runs it') || (await noBrowser())
const { TaskCompleted } = taskExamples

t.test('an operator reads, replays and deletes dead letters', { skip }, async t => {
  const browser = await openBrowser(t)
  const running = await startConsole(t)
  const { page, faults } = await running.open(browser, { user: 'operator', admin: true })
  const show = (query: string) => page.goto(`${running.gateway.url}/ui/dead-letters${query}`)
  const result = page.locator('p.bulk')
  const rows = page.getByRole('region', { name: 'Records of reporting' }).locator('tbody tr')

  await t.test('no dead letter is good news', async t => {
    await show('')
    await page.getByText('No dead letters.').waitFor()
    t.strictSame(await violationsOn(page), [])
  })

  await t.test('letters are in groups by their error, and a record shows its value and its task', async t => {
    await park(running, t.fail)
    await page.getByRole('heading', { name: 'reporting 4' }).waitFor()
    await page.getByText('4 letters, last parked first').waitFor()
    t.strictSame(await violationsOn(page), [])
    await page.getByLabel('Text of the error').fill('timeZone')
    await page.getByText('3 letters, last parked first').waitFor()
    await rows.first().locator('a').click()
    await page.getByRole('link', { name: /^History of/ }).waitFor()
    t.match(await page.locator('pre.json').innerText(), /"timeZone": "Nowhere"/)
    await page.getByLabel('Bytes').check()
    t.match(await page.locator('pre.hex').innerText(), /^00000000 {2}7b 22/)
    t.strictSame(await violationsOn(page), [])
  })

  await t.test('a replay that fails again says so, and the letter stays', async t => {
    await page.keyboard.press('r')
    await page.getByText('1 failed again', { exact: false }).first().waitFor()
    t.match(await result.innerText(), /timeZone/)
  })

  await t.test('letters of a group are replayed after a count', async t => {
    await show('?service=reporting')
    await page.getByRole('button', { name: /^Replay: .*timeZone/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('heading', { name: 'Replay 3 dead letters?' }).waitFor()
    await page.getByLabel('At most').fill('2')
    await dialog.getByRole('button', { name: 'Replay 2 dead letters' }).click()
    await page.getByText('2 failed again', { exact: false }).first().waitFor()
    t.equal(await rows.count(), 4)
  })

  await t.test('a letter is deleted by key, and all of a filter with a count first', async () => {
    await page.keyboard.press('Escape')
    await rows.first().locator('a').focus()
    await page.keyboard.press('Shift+D')
    await page.getByRole('button', { name: 'Delete it' }).click()
    await page.getByText('1 deleted', { exact: false }).first().waitFor()
    await show('?service=reporting&topic=daybook.tasks')
    await page.getByRole('button', { name: 'Delete all that match …' }).click()
    await page.getByRole('button', { name: 'Delete 3 dead letters' }).click()
    await page.getByText('3 deleted', { exact: false }).first().waitFor()
    await until('the service has none', async () => {
      const { data } = await running.system.operator('reporting').GET('/dead-letters')
      return data?.deadLetters.length === 0
    })
  })

  await t.test('while a service is away, the letters of the others are shown', async () => {
    await park(running, t.fail)
    await running.system.services.scheduler.end('SIGKILL')
    await show('')
    await page.getByText('Cannot read the dead letters of scheduler.').waitFor()
    await page.getByRole('heading', { name: 'reporting 4' }).waitFor()
  })

  await t.test('the page is not wider than a narrow screen, and keeps its policy', async t => {
    await show('?service=reporting')
    await rows.first().waitFor()
    for (const width of [360, 320]) {
      await page.setViewportSize({ width, height: 700 })
      t.equal(await overflowOf(page), 0, `the lists at ${width}`)
    }
    await rows.first().locator('a').click()
    await page.getByRole('heading', { name: 'Headers' }).waitFor()
    t.equal(await overflowOf(page), 0, 'a letter at 320')
    t.strictSame(faults, [])
  })
})

/** Publishes four messages that can never be handled, three of them with the same error, and waits until they are parked. */
async function park({ system }: Console, onCrash: (message: string) => void): Promise<void> {
  const { brokers, prefix, db } = system.stack
  const kafka = await connectKafka({
    ...{ brokers, prefix, service: 'test', topics: [topics.tasks], log: silent },
    onCrash: error => onCrash(error.message),
  })
  const wrong = toMessage({ ...TaskCompleted, data: { ...TaskCompleted.data, timeZone: 'Nowhere' } }, 'alice')
  await kafka.publish(topics.tasks.name, [wrong, wrong, wrong, { ...wrong, value: 'no JSON' }])
  await kafka.close()
  const letters = db.collection('dead_letters')
  await until('all are parked', async () => (await letters.countDocuments({ group: /projection/ })) === 4)
}
