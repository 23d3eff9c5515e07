import { LONG, until } from '@daybook/shared/testing'
import t from 'tap'
import { violationsInAllColours } from '../browser/check-page.ts'
import { noBrowser, openBrowser } from '../browser/open-browser.ts'
import { startConsole } from '../browser/start-console.ts'

const skip = (!LONG && 'npm run test:long runs it') || (await noBrowser())

t.test('two clients change the same task', { skip }, async t => {
  const browser = await openBrowser(t)
  const running = await startConsole(t)
  const { page, faults } = await running.open(browser, { user: 'alice' })
  const alice = await running.as('alice')
  const read = async (id: string) => (await alice<{ name: string; status: string }>(`/tasks/${id}`)).body

  await t.test('an edit of an older version shows mine and theirs, and mine can be kept', async t => {
    const { body: task } = await alice<{ id: string }>('/tasks', { body: { name: 'Original' } })
    await page.getByText('Original', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Edit Original' }).click()
    await page.getByLabel('Name').fill('Mine')
    t.strictSame(await violationsInAllColours(page), [])
    await alice(`/tasks/${task.id}`, { method: 'PATCH', body: { name: 'Theirs' } })
    await page.getByRole('button', { name: 'Save' }).click()
    const conflict = page.getByRole('region', { name: /Conflict/ })
    t.match(await conflict.innerText(), /Mine\s+Theirs/)
    t.strictSame(await violationsInAllColours(page), [])
    await page.getByRole('button', { name: 'Keep mine' }).click()
    await until('mine is stored', async () => (await read(task.id)).name === 'Mine')
    t.equal(await conflict.count(), 0)
  })

  await t.test('toggling fast ends in the last wish, without a step back on the page', async t => {
    const { body: task } = await alice<{ id: string }>('/tasks', { body: { name: 'Toggled' } })
    await page.getByText('Toggled', { exact: true }).waitFor()
    await page.route(/complete$|reopen$/, async route => {
      await new Promise(resolve => setTimeout(resolve, 300))
      await route.continue()
    })
    await page.getByLabel('Done: Toggled').focus()
    await page.evaluate(`
      window.seen = []
      new MutationObserver(() => {
        const box = document.querySelector('[aria-label="Done: Toggled"]')
        if (box && box.checked !== window.seen.at(-1)) window.seen.push(box.checked)
      }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
    `)
    for (let i = 0; i < 3; i += 1) await page.getByLabel('Done: Toggled').press(' ')
    await until('it is completed', async () => (await read(task.id)).status === 'completed')
    t.strictSame(await page.evaluate('window.seen.slice(-1)'), [true])
    t.ok((await page.evaluate<boolean[]>('window.seen')).length <= 3)
  })
  t.strictSame(faults, [])
})
