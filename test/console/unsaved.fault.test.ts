import { LONG, token, until } from '@daybook/shared/testing'
import t from 'tap'
import { violationsInAllColours, violationsOn } from '../browser/check-page.ts'
import { noBrowser, openBrowser } from '../browser/open-browser.ts'
import { startConsole } from '../browser/start-console.ts'

const skip = (!LONG && 'npm run test:long runs it') || (await noBrowser())

interface List {
  tasks: { name: string; status: string }[]
}

const refusal = {
  status: 401,
  contentType: 'application/problem+json',
  body: JSON.stringify({
    type: 'urn:daybook:error:DAYBOOK_AUTH_REQUIRED',
    title: 'x',
    status: 401,
    detail: 'x',
  }),
}

t.test('what a person does is kept while it cannot be saved', { skip }, async t => {
  const browser = await openBrowser(t)
  const running = await startConsole(t)
  const { page, faults } = await running.open(browser, { user: 'alice' })
  const add = async (name: string) => {
    await page.getByLabel('New task').fill(name)
    await page.keyboard.press('Enter')
    await page.getByText(name, { exact: true }).waitFor()
  }
  const stored = async () => (await (await running.as('alice'))<List>('/tasks')).body.tasks

  await t.test('while the tasks service is killed, a task is marked, and saved when it is back', async t => {
    await add('Before')
    await until('it is stored', async () => (await stored()).length === 1)
    await running.system.services.tasks.end('SIGKILL')
    await add('During')
    await page.getByText('not saved').waitFor()
    await page.locator('.strip').getByText('The tasks service').waitFor()
    t.strictSame(await violationsInAllColours(page), [])
    await page.reload()
    await page.getByText('During', { exact: true }).waitFor()
    await running.startAgain('tasks')
    await page.getByText('not saved').waitFor({ state: 'hidden', timeout: 60_000 })
    await until('it is stored', async () => (await stored()).some(({ name }) => name === 'During'))
    t.equal((await stored()).filter(({ name }) => name === 'During').length, 1)
  })

  await t.test('when the session is over, what was typed is there after signing in again', async t => {
    const short = await running.open(browser, { user: 'bob' })
    const signInAfter = async (refused: RegExp, act?: () => Promise<void>) => {
      await short.page.route(refused, route => route.fulfill(refusal))
      await act?.()
      await short.page.getByLabel('Token').waitFor()
      t.strictSame(await violationsInAllColours(short.page), [])
      await short.page.unroute(refused)
      const dialogs = await short.page.locator('dialog').count()
      await short.page.evaluate('document.activeElement.blur()')
      await short.page.keyboard.press('?')
      t.equal(await short.page.locator('dialog').count(), dialogs, 'keys of the pages behind do nothing')
      await short.page.getByLabel('Token').fill(await token('bob', { zone: 'UTC' }))
      await short.page.keyboard.press('Enter')
    }
    await short.page.getByLabel('New task').fill('Half a sentence')
    await signInAfter(/services/, () => short.page.keyboard.press('Enter'))
    await short.page.getByText('Half a sentence', { exact: true }).waitFor()
    await until('it is stored', async () => {
      const { body } = await (await running.as('bob'))<List>('/tasks')
      return body.tasks.length === 1
    })
    await short.page.locator('summary').click()
    await short.page.getByRole('button', { name: 'Keys (?)' }).click()
    await short.page.getByRole('dialog').waitFor()
    await signInAfter(/status/)
    await short.page.getByRole('dialog', { name: 'Keys' }).waitFor()
    await short.page.keyboard.press('Escape')
    await short.page.getByLabel('New task').fill('Not sent')
    await short.page.getByRole('button', { name: 'Sign out' }).click()
    await short.page.getByRole('dialog', { name: 'Discard what is not saved?' }).waitFor()
    t.strictSame(await violationsInAllColours(short.page), [])
    await short.page.getByRole('button', { name: 'Discard and sign out' }).click()
    await short.page.getByText('Sign in to see your tasks and days.').waitFor()
    t.strictSame(await violationsInAllColours(short.page), [])
    t.strictSame(short.faults, [])
  })

  await t.test('the colours that a person prefers go before those of the system', async t => {
    const ground = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
    const light = await ground()
    await page.locator('summary').click()
    t.strictSame(await violationsInAllColours(page), [])
    await page.getByLabel('Colours').selectOption('dark')
    t.not(await ground(), light)
    t.strictSame(await violationsOn(page), [])
    await page.getByLabel('Colours').selectOption('light')
    await page.emulateMedia({ colorScheme: 'dark' })
    t.equal(await ground(), light)
  })
  t.strictSame(faults, [])
})
