import { randomUUID } from 'node:crypto'
import { client, LONG, token, until } from '@daybook/shared/testing'
import t from 'tap'
import { overflowOf, violationsInAllColours } from '../browser/check-page.ts'
import { noBrowser, openBrowser } from '../browser/open-browser.ts'
import { startConsole } from '../browser/start-console.ts'

const skip = (!LONG && 'npm run test:long runs it') || (await noBrowser())
const KIND = 'resize'

interface Claim {
  jobs: { job: string; attempt: number }[]
}

t.test('an operator sees why jobs wait, and retries and cancels them', { skip }, async t => {
  const browser = await openBrowser(t)
  const running = await startConsole(t)
  const { page, faults } = await running.open(browser, { user: 'operator', admin: true })
  const api = client(running.gateway.url, await token('operator', { admin: true }))
  const worker = randomUUID()
  const about = { worker, name: 'by-hand', kinds: [KIND], slots: 5 }
  const add = async (count: number) => {
    for (let i = 0; i < count; i += 1)
      await api('/jobs', { body: { kind: KIND, data: { image: i }, key: 'cats' } })
  }
  /** Lets so many jobs fail, as their worker would say. */
  const fail = async (count: number) => {
    let failed = 0
    await until(`${count} jobs have failed`, async () => {
      const { body } = await api<Claim>('/lanes/default/claim', {
        body: { ...about, max: count - failed, wait: 5 },
      })
      for (const { job, attempt } of body.jobs) {
        const path = `/jobs/${job}/attempts/${attempt}`
        await api(`${path}/start`, { body: { worker } })
        const error = 'Error: no space left\n    at resize (resize.ts:3:1)'
        await api(`${path}/outcome`, { body: { worker, outcome: 'failed', error, retry: false } })
        failed += 1
      }
      return failed === count
    })
  }
  const show = (query: string) => page.goto(`${running.gateway.url}/ui/jobs${query}`)
  const result = page.locator('p.bulk')
  const rows = page.locator('.data tbody tr')

  await t.test('jobs that no worker takes say so, and their number is in the tab', async t => {
    await add(2)
    await show(`?kind=${KIND}`)
    await page.getByText('No worker reads the lane default').first().waitFor()
    await page.getByRole('link', { name: 'waiting 2' }).waitFor()
    t.strictSame(await violationsInAllColours(page), [])
  })

  await t.test('a condition that is typed stays while the list changes, and holds with Enter', async t => {
    const lane = page.getByLabel('Lane', { exact: true })
    await lane.focus()
    await page.keyboard.type('mail')
    await add(1)
    await page.getByText('3 jobs on this page, newest first').waitFor()
    t.equal(await lane.inputValue(), 'mail')
    await page.keyboard.press('Enter')
    await page.getByText('that meets these conditions', { exact: false }).waitFor()
    const { body } = await api<{ jobs: { id: string }[] }>(`/jobs?kind=${KIND}&limit=1`)
    await api(`/jobs/${body.jobs[0]?.id}/cancel`, { method: 'POST' })
  })

  await t.test(
    'all that match are retried as they were counted: one that fails later is not touched',
    async t => {
      await fail(2)
      await show(`?kind=${KIND}&state=failed`)
      await page.getByText('Error: no space left', { exact: true }).first().waitFor()
      await page.getByRole('button', { name: 'Retry all that match …' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('heading', { name: 'Retry 2 jobs?' }).waitFor()
      t.match(await dialog.innerText(), /all jobs that failed, of the kind resize/)
      t.strictSame(await violationsInAllColours(page), [])
      await add(1)
      await fail(1)
      await dialog.getByRole('button', { name: 'Retry 2 jobs' }).click()
      await page.getByText('2 wait for another attempt', { exact: false }).first().waitFor()
      await result.getByText('1 matches now', { exact: false }).waitFor()
      t.match(await result.innerText(), /Retry all jobs that failed/)
    },
  )

  await t.test('keys move between the jobs, open one and retry it', async t => {
    await show(`?kind=${KIND}&state=failed`)
    await rows.first().waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Attempts' }).waitFor()
    await page.locator('.attempts').getByText('Error: no space left', { exact: true }).waitFor()
    t.match(await page.locator('pre.json').first().innerText(), /"image": 0/)
    t.strictSame(await violationsInAllColours(page), [])
    await page.keyboard.press('r')
    await page.getByText('1 waits for another attempt', { exact: false }).first().waitFor()
  })

  await t.test('selected jobs are cancelled together', async t => {
    await show(`?kind=${KIND}&state=waiting`)
    await page.getByText('3 jobs on this page', { exact: false }).waitFor()
    await page.keyboard.press('a')
    await page.getByText('3 selected:').waitFor()
    await page.keyboard.press('c')
    await page.getByRole('button', { name: 'Cancel 3 jobs' }).waitFor()
    t.strictSame(await violationsInAllColours(page), [])
    await page.getByRole('button', { name: 'Cancel 3 jobs' }).click()
    await page.getByText('3 are cancelled', { exact: false }).first().waitFor()
    await page.getByRole('link', { name: 'cancelled 4' }).waitFor()
    t.match(await result.innerText(), /Cancel 3 selected jobs/)
  })

  await t.test('rows stay in their place under the pointer, and what is new waits', async t => {
    await add(1)
    await show(`?kind=${KIND}&state=waiting`)
    await rows.first().hover()
    const first = await rows.first().locator('a').innerText()
    await add(2)
    await page.getByRole('button', { name: 'Show 2 new' }).waitFor()
    t.equal(await rows.first().locator('a').innerText(), first)
    await page.getByRole('button', { name: 'Show 2 new' }).click()
    await page.getByText('3 jobs on this page, newest first').waitFor()
    t.not(await rows.first().locator('a').innerText(), first)
  })

  await t.test('the number of jobs is typed when it is above 100', async t => {
    const jobs = Array.from({ length: 101 }, () => ({ kind: 'many' }))
    await api('/jobs/batch', { body: { jobs } })
    await show('?kind=many')
    await page.getByText('100 jobs on this page, newest first').waitFor()
    await page.getByRole('button', { name: 'Cancel all that match …' }).click()
    const confirm = page.getByRole('button', { name: 'Cancel 101 jobs' })
    await page.getByLabel('Type 101 to confirm').fill('100')
    t.equal(await confirm.getAttribute('disabled'), '')
    t.strictSame(await violationsInAllColours(page), [])
    await page.getByLabel('Type 101 to confirm').fill('101')
    await confirm.click()
    await page.getByText('101 are cancelled', { exact: false }).first().waitFor()
  })

  await t.test('the rules of a kind are changed and the kind is paused while jobs run', async t => {
    await show('?view=kinds')
    await page.getByLabel('Rules for another kind').fill(KIND)
    await page.keyboard.press('Enter')
    await page.getByLabel('In hand at once', { exact: true }).fill('none')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('alert').getByText('/inFlight').waitFor()
    t.strictSame(await violationsInAllColours(page), [])
    await page.getByLabel('In hand at once', { exact: true }).fill('2')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('2 in hand', { exact: true }).waitFor()
    await page.getByRole('button', { name: `Pause ${KIND}` }).click()
    await page.getByRole('button', { name: `Resume ${KIND}` }).waitFor()
    const { body } = await api<{ definition: object }>(`/kinds/${KIND}`)
    t.match(body.definition, { inFlight: 2, paused: true })
    t.strictSame(await violationsInAllColours(page), [])
  })

  await t.test('a limit that another operator changes meanwhile is not overwritten', async t => {
    const put = (inFlight: number) => api('/limits/mails', { method: 'PUT', body: { inFlight } })
    await put(5)
    await show('?view=kinds&limit=mails')
    const field = page.getByLabel('In hand at once', { exact: true })
    await field.fill('7')
    await put(6)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('alert').waitFor()
    t.equal(await field.inputValue(), '7')
    t.strictSame(await violationsInAllColours(page), [])
    await page.getByRole('button', { name: 'Read it again, without my changes' }).click()
    await until('the form has the new limit', async () => (await field.inputValue()) === '6')
    await field.fill('8')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('8 in hand', { exact: true }).waitFor()
    await show('?view=kinds&limit=mails')
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByRole('dialog').waitFor()
    t.strictSame(await violationsInAllColours(page), [])
    await page.keyboard.press('Escape')
  })

  await t.test('the workers are listed with what they run', async t => {
    const idle = { worker: randomUUID(), name: 'idle', kinds: ['none'], slots: 1, max: 1 }
    await api('/lanes/default/claim', { body: idle })
    await show('?view=workers')
    await page.getByText('by-hand', { exact: true }).waitFor()
    await page.getByText('0 of 5', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Drain idle' }).click()
    await page.getByRole('dialog').waitFor()
    t.strictSame(await violationsInAllColours(page), [])
    await page.keyboard.press('Escape')
    t.strictSame(await violationsInAllColours(page), [])
    const search = page.getByLabel('Search workers by name, id, lane or kind')
    await search.fill('nobody')
    await page.getByText('No worker has “nobody”', { exact: false }).waitFor()
    await search.fill('BY-HAND')
    await page.getByText('0 of 5', { exact: true }).waitFor()
  })

  await t.test('the subtasks of a job are a tree', async t => {
    const { body: parent } = await api<{ id: string }>('/jobs', { body: { kind: 'sum-up' } })
    await api('/jobs/batch', { body: { group: 'parts', jobs: [{ kind: KIND }, { kind: KIND }] } })
    // As if the handler of the job had made the group.
    const groups = running.system.stack.db.collection<{ _id: string }>('job_groups')
    await groups.updateOne({ _id: 'parts' }, { $set: { parent: parent.id } })
    await show(`/${parent.id}`)
    await page.getByText('0 of 2 have ended', { exact: false }).first().waitFor()
    await page.getByText('Jobs of the group parts').click()
    await page.locator('.tree .tree li').first().waitFor()
    t.equal(await page.locator('.tree .tree li').count(), 2)
    await page.getByRole('link', { name: '2 waiting' }).click()
    await page.getByRole('heading', { name: 'Group parts' }).waitFor()
    await rows.first().waitFor()
    t.strictSame(await violationsInAllColours(page), [])
  })

  await t.test(
    'no view is wider than a narrow screen, and none breaks the policy of the console',
    async t => {
      const { body } = await api<{ jobs: { id: string }[] }>(`/jobs?kind=${KIND}`)
      for (const query of ['', '?view=kinds', '?view=workers', `/${body.jobs[0]?.id}`]) {
        await show(query)
        await page.locator('.data, .facts').first().waitFor()
        for (const width of [360, 320]) {
          await page.setViewportSize({ width, height: 700 })
          t.equal(await overflowOf(page), 0, `${query} at ${width}`)
        }
      }
      t.strictSame(faults, [])
    },
  )
})
