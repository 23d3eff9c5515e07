import { toMessage, topics } from '@daybook/shared/events'
import { connectKafka } from '@daybook/shared/kafka'
import { LONG, silent, until } from '@daybook/shared/testing'
import t from 'tap'
import { taskExamples } from '../../shared/src/contract/examples.ts'
import { overflowOf, violationsInAllColours } from '../browser/check-page.ts'
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
    t.strictSame(await violationsInAllColours(page), [])
  })

  await t.test('letters are in groups by their error, and a record shows its value and its task', async t => {
    await park(running, t.fail)
    await page.getByRole('heading', { name: 'reporting 34' }).waitFor()
    await page.getByText('34 letters, last parked first').waitFor()
    t.strictSame(await violationsInAllColours(page), [])
    await page.getByLabel('Any text of a letter').fill('NO json')
    await page.getByText('1 letter, last parked first').waitFor()
    await page.getByLabel('Any text of a letter').fill('nowhere')
    await page.getByText('33 letters, last parked first').waitFor()
    await rows.first().locator('a').click()
    await page.getByRole('link', { name: /^History of/ }).waitFor()
  })

  await t.test(
    'a value is marked where it violates its schema, and shown as the bytes that it has',
    async t => {
      const value = page.locator('pre.json')
      t.match(await value.locator('mark').innerText(), /^ +"timeZone": "Nowhere",$/)
      t.match(await value.locator('.mark').innerText(), /must be an IANA time zone/)
      t.strictSame(await violationsInAllColours(page), [])
      await page.getByLabel('Shown as').selectOption('text')
      t.match(await page.locator('pre.text').innerText(), /^ {2}\{"/)
      await page.getByLabel('Shown as').selectOption('bytes')
      t.match(await page.locator('pre.hex').innerText(), /^00000000 {2}20 20 7b 22/)
      t.match(await page.locator('ul.faults').innerText(), /\/timeZone must be/)
      t.match(page.url(), /[?]as=bytes$/)
      t.strictSame(await violationsInAllColours(page), [])
    },
  )

  await t.test('a replay that fails again says so, and the letter stays', async t => {
    await page.keyboard.press('r')
    await page.getByText('1 failed again', { exact: false }).first().waitFor()
    t.match(await result.innerText(), /timeZone/)
    await page.getByText('Last replay failed').waitFor()
  })

  await t.test('letters of a group are replayed after a count', async t => {
    await show('?service=reporting')
    await page.getByRole('button', { name: /^Replay: .*timeZone/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('heading', { name: 'Replay 33 dead letters?' }).waitFor()
    t.strictSame(await violationsInAllColours(page), [])
    await page.getByLabel('At most').fill('2')
    await dialog.getByRole('button', { name: 'Replay 2 dead letters' }).click()
    await page.getByText('2 failed again', { exact: false }).first().waitFor()
    t.match(await result.innerText(), /The first error: .*timeZone/)
    await page.getByText('a replay failed').first().waitFor()
    t.equal(await rows.count(), 34)
  })

  await t.test('r and Shift+D ask about the letters of an error whose row has the focus', async t => {
    await show('?service=reporting')
    await page.getByRole('heading', { name: 'reporting 34' }).waitFor()
    await page.keyboard.press('j')
    for (const [key, verb] of [
      ['r', 'Replay'],
      ['Shift+D', 'Delete'],
    ] as const) {
      await page.keyboard.press(key)
      await page.getByRole('heading', { name: `${verb} 33 dead letters?` }).waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    await page.keyboard.press('?')
    await page.getByText('Delete the letter, or those of the error (asks)').waitFor()
    t.strictSame(await violationsInAllColours(page), [])
    await page.keyboard.press('Escape')
    t.equal(await rows.count(), 34)
  })

  await t.test('a replay of many says how far it is, and can be stopped between two requests', async t => {
    await show('?service=reporting&error=timeZone')
    await page.getByRole('button', { name: 'Replay all that match …' }).click()
    const button = page.getByRole('button', { name: 'Replay 33 dead letters' })
    await button.waitFor()
    const { promise: stopped, resolve: stop } = Promise.withResolvers<void>()
    await page.route(/dead-letters\/replay$/, route => stopped.then(() => route.continue()))
    await button.click()
    await page.getByText('0 of 33 done', { exact: false }).waitFor()
    t.strictSame(await violationsInAllColours(page), [])
    await page.getByRole('button', { name: 'Stop' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Stopping …' }).waitFor()
    stop()
    await page.getByText('You stopped it', { exact: false }).waitFor()
    t.strictSame(await violationsInAllColours(page), [])
    t.match(await result.innerText(), /25 failed again/)
    const focused = 'document.activeElement.querySelector("caption")?.textContent'
    t.match(await page.evaluate<string>(focused), /\S/, 'the focus is in the list')
    await page.unroute(/dead-letters\/replay$/)
  })

  await t.test('a command goes on when its page is left, is seen there, and can be stopped', async t => {
    const { promise: stopped, resolve: stop } = Promise.withResolvers<void>()
    await page.getByRole('button', { name: 'Replay all that match …' }).click()
    const button = page.getByRole('button', { name: /^Replay \d+ dead letters$/ })
    await button.waitFor()
    await page.route(/dead-letters\/replay$/, route => stopped.then(() => route.continue()))
    await button.click()
    await page.getByText('0 of 33 done', { exact: false }).waitFor()
    await page.getByRole('link', { name: 'Runs', exact: true }).click()
    await page.getByRole('heading', { name: 'Next days to end' }).waitFor()
    await page.getByText('0 of 33 done', { exact: false }).waitFor()
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    stop()
    await page.getByText('You stopped it', { exact: false }).waitFor()
    t.strictSame(await violationsInAllColours(page), [])
    await page.getByRole('button', { name: 'Close' }).click()
    t.equal(await result.count(), 0)
    await page.unroute(/dead-letters\/replay$/)
    await show('?service=reporting&error=timeZone')
  })

  await t.test('a letter is deleted by key, and all of a filter with a count first', async t => {
    await page.keyboard.press('Escape')
    await rows.first().locator('a').focus()
    await page.keyboard.press('Shift+D')
    await page.getByRole('button', { name: 'Delete it' }).waitFor()
    t.strictSame(await violationsInAllColours(page), [])
    await page.getByRole('button', { name: 'Delete it' }).click()
    await page.getByText('1 deleted', { exact: false }).first().waitFor()
    await show('?service=reporting&topic=daybook.tasks')
    await page.getByRole('button', { name: 'Delete all that match …' }).click()
    await page.getByRole('button', { name: 'Delete 33 dead letters' }).waitFor()
    t.strictSame(await violationsInAllColours(page), [])
    await page.getByRole('button', { name: 'Delete 33 dead letters' }).click()
    await page.getByText('33 deleted', { exact: false }).first().waitFor()
    await until('the service has none', async () => {
      const { data } = await running.system.operator('reporting').GET('/dead-letters')
      return data?.deadLetters.length === 0
    })
  })

  await t.test('while a service is away, the letters of the others are shown', async t => {
    await park(running, t.fail)
    await running.system.services.scheduler.end('SIGKILL')
    await show('')
    await page.getByText('Cannot read the dead letters of scheduler.').waitFor()
    await page.getByRole('heading', { name: 'reporting 34' }).waitFor()
    t.strictSame(await violationsInAllColours(page), [])
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

// More than one request of the console replays.
const WRONG = 33

/** Publishes messages that can never be handled, all but the last one with the same error, and waits until they are parked. */
async function park({ system }: Console, onCrash: (message: string) => void): Promise<void> {
  const { brokers, prefix, db } = system.stack
  const kafka = await connectKafka({
    ...{ brokers, prefix, service: 'test', topics: [topics.tasks], log: silent },
    onCrash: error => onCrash(error.message),
  })
  const event = { ...TaskCompleted, data: { ...TaskCompleted.data, timeZone: 'Nowhere' } }
  const message = toMessage(event, 'alice')
  const wrong = { ...message, value: `  ${message.value}` }
  await kafka.publish(topics.tasks.name, [
    ...Array.from({ length: WRONG }, () => wrong),
    { ...message, value: 'no JSON' },
  ])
  await kafka.close()
  const letters = db.collection('dead_letters')
  const count = () => letters.countDocuments({ group: /projection/ })
  await until('all are parked', async () => (await count()) === WRONG + 1)
}
