import { client, LONG, token, until } from '@daybook/shared/testing'
import t from 'tap'
import { violationsInAllColours } from '../browser/check-page.ts'
import { noBrowser, openBrowser } from '../browser/open-browser.ts'
import { startConsole } from '../browser/start-console.ts'

const skip = (!LONG && 'npm run test:long runs it') || (await noBrowser())

t.test('the keyboard alone does everything, and its focus is not lost', { skip }, async t => {
  const browser = await openBrowser(t)
  const running = await startConsole(t)
  const { page, faults } = await running.open(browser, { user: 'operator', admin: true })
  const api = client(running.gateway.url, await token('operator', { admin: true }))
  const add = (...names: string[]) =>
    api('/tasks/batch', { body: { commands: names.map(name => ({ type: 'create', task: { name } })) } })
  const names = () => page.locator('section[aria-label="No date"] .name').allInnerTexts()
  const heading = (name: string) => page.getByRole('heading', { name, exact: true }).waitFor()
  const focused = () => page.evaluate<string>('document.activeElement.getAttribute("aria-label")')
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  const hold = async (key: string) => {
    for (let i = 0; i < 5; i += 1) await page.keyboard.down(key)
    await page.keyboard.up(key)
  }
  await add('One', 'Two', 'Three', 'Four', 'Five', 'Six')
  await heading('No date 6')

  await t.test('a held key carries out one command, and moves on and on', async t => {
    await press('j')
    await hold('d')
    await heading('Done today 1')
    await until('the next task has the focus', async () => /^Done: /.test((await focused()) ?? ''))
    await page.keyboard.down('Shift')
    await hold('Delete')
    await page.keyboard.up('Shift')
    await heading('No date 4')
    await hold('j')
    t.match(await focused(), /^Done: /)
    t.equal(await page.locator('li.task').count(), 5)
  })

  await t.test('completing and deleting move the focus to the next task', async t => {
    const [first = '', second, third] = await names()
    await page.getByLabel(`Done: ${first}`).focus()
    await press(' ')
    await heading('Done today 2')
    t.equal(await focused(), `Done: ${second}`)
    await page.getByRole('button', { name: `Delete ${second}` }).focus()
    await press('Enter')
    await heading('No date 2')
    t.equal(await focused(), `Done: ${third}`)
  })

  await t.test('undoing moves the focus to the list', async t => {
    await page.getByRole('button', { name: 'Undo u' }).focus()
    await press('Enter')
    await heading('No date 3')
    t.equal(await focused(), 'Your tasks')
  })

  await t.test('deciding about a conflict keeps the focus in its task', async t => {
    const [name = ''] = await names()
    // Undoing is shown before it is stored.
    const task = await until('the task is stored', async () => {
      const { body } = await api<{ tasks: { id: string }[] }>(`/tasks?q=${name}`)
      return body.tasks[0]
    })
    await page.getByLabel(`Done: ${name}`).focus()
    await press('e')
    await page.getByLabel('Name').fill('Mine')
    await api(`/tasks/${task.id}`, { method: 'PATCH', body: { name: 'Theirs' } })
    await press('Enter')
    await page.getByRole('button', { name: 'Keep mine' }).focus()
    await press('Enter')
    t.equal(await focused(), 'Done: Mine')
  })

  await t.test('a list shows a hundred rows, and more when asked', async t => {
    await add(...Array.from({ length: 130 }, (_, i) => `Many ${i}`))
    await page.getByRole('button', { name: /arrange again/ }).focus()
    await press('Enter')
    await heading('No date 133')
    t.equal(await focused(), 'Your tasks')
    t.ok((await names()).length < 110, 'and those that were changed here')
    await page.getByRole('button', { name: /^Show \d+ more/ }).focus()
    await press('Enter')
    t.equal((await names()).length, 133)
    t.equal(await focused(), 'No date')
    t.strictSame(await violationsInAllColours(page), [])
  })

  await t.test('so does the log of a day', async t => {
    const { body } = await api<{ tasks: { id: string }[] }>('/tasks?status=open&limit=200')
    const commands = body.tasks.map(({ id }) => ({ type: 'complete', taskId: id }))
    await api('/tasks/batch', { body: { commands } })
    await page.goto(`${running.gateway.url}/ui/days`)
    await page.getByText(/^100 of 1\d\d are shown/).waitFor()
    t.equal(await page.locator('.day tbody tr').count(), 100)
    await page.getByRole('button', { name: /^Show \d+ more/ }).focus()
    await press('Enter')
    await until('all are shown', async () => (await page.locator('.day tbody tr').count()) >= commands.length)
    t.match(await focused(), /20\d\d$/, 'the focus is in the day')
  })

  await t.test('new rows of a live list come without taking the focus', async t => {
    const addJob = () => api('/jobs', { body: { kind: 'resize', data: {} } })
    await addJob()
    await page.goto(`${running.gateway.url}/ui/jobs`)
    await page.locator('.data tbody a').first().focus()
    await addJob()
    await page.getByRole('button', { name: 'Show 1 new' }).focus()
    await press('Enter')
    t.equal(await page.locator('.data tbody tr').count(), 2)
    const inList =
      'document.activeElement !== document.body && document.activeElement.closest("main") !== null'
    t.ok(await page.evaluate<boolean>(inList))
  })

  await t.test('Back gives the focus to the row that was opened, also when it is read later', async t => {
    const focusedText = () => page.evaluate<string>('document.activeElement.textContent')
    await page.evaluate('document.activeElement.blur()')
    await press('j', 'j')
    const id = await focusedText()
    await press('Enter')
    await until('the job is opened', async () => page.url().endsWith(`/ui/jobs/${id}`))
    await heading(id)
    let goOn = () => {}
    const later = new Promise<void>(resolve => {
      goOn = resolve
    })
    await page.route(/scheduler\/jobs\?/, route => later.then(() => route.continue()))
    await page.evaluate('history.back()')
    await until('the heading has the focus', async () => (await focusedText()) === 'Jobs')
    goOn()
    await until('the row has the focus', async () => (await focusedText()) === id)
    await page.unroute(/scheduler\/jobs\?/)
    await page.evaluate('document.activeElement.blur()')
    await page.locator('.data tbody a').first().click()
    await page.getByRole('heading', { name: 'Attempts' }).waitFor()
    await page.evaluate('history.back()')
    await page.locator('.data tbody a').first().waitFor()
    t.equal(await focusedText(), 'Jobs', 'a list is not held after a click')
  })

  await t.test('a button keeps the focus while its command counts, asks and runs', async t => {
    await page.goto(`${running.gateway.url}/ui/jobs?kind=resize&state=waiting`)
    const all = page.getByRole('button', { name: 'Cancel all that match …' })
    await page.locator('.data tbody a').first().waitFor()
    const focusedText = () => page.evaluate<string>('document.activeElement.textContent')
    await all.focus()
    for (const key of ['Escape', 'Enter']) {
      await press('Enter')
      const dialog = page.getByRole('dialog')
      await dialog.waitFor()
      if (key === 'Enter') await dialog.getByRole('button', { name: /^Cancel \d/ }).focus()
      await press(key)
      await dialog.waitFor({ state: 'detached' })
      t.equal(await focusedText(), 'Cancel all that match …')
    }
    await page.getByText('2 are cancelled', { exact: false }).first().waitFor()
    t.equal(await focusedText(), 'Cancel all that match …')
    await api('/jobs', { body: { kind: 'resize', data: {} } })
    await page.locator('.data tbody a').first().waitFor()
  })

  await t.test('when what was old is read again, the focus of its button moves to the heading', async t => {
    await page.route(/scheduler\/jobs\?/, route => route.fulfill({ status: 500, body: 'no' }))
    const again = page.locator('.strip').getByRole('button', { name: 'Try again' }).first()
    await again.waitFor()
    await again.focus()
    await press('Enter')
    await page.unroute(/scheduler\/jobs\?/)
    await press('Enter')
    await page.locator('.strip').waitFor({ state: 'hidden' })
    t.equal(await page.evaluate<string>('document.activeElement.textContent'), 'Jobs')
    await press('j')
    t.not(await page.evaluate<string>('document.activeElement.textContent'), 'Jobs')
  })
  t.strictSame(faults, [])
})
