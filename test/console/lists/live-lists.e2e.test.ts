import { token, until } from '@daybook/shared/testing'
import t from 'tap'
import { noBrowser, openBrowser, openPage } from '../../browser/open-browser.ts'
import { type Answer, serveConsole } from '../../browser/serve-console.ts'

const skip = await noBrowser()

const job = (id: string, state = 'waiting') => ({
  ...{ id, state, kind: 'resize', lane: 'default', owner: 'shop', priority: 3 },
  ...{
    attempt: 0,
    failures: 0,
    crashes: 0,
    addedAt: new Date().toISOString(),
    dueAt: new Date().toISOString(),
  },
})
const jobs = (...ids: string[]): Answer => ({ body: { jobs: ids.map(id => job(id)), nextCursor: null } })
const away: Answer = { status: 503, code: 'DAYBOOK_SERVICE_AWAY' }
let ended = 0
const finished = () => ({
  ...{ id: `end-${ended++}`, type: 'JobFinished', time: new Date().toISOString(), data: {} },
  ...{ topic: 'daybook.jobs', partition: 0, offset: '1' },
})
const setHidden = (isHidden: boolean) => `
  Object.defineProperty(document, 'hidden', { get: () => ${isHidden}, configurable: true })
  document.dispatchEvent(new Event('visibilitychange'))`

t.test('a list that changes by itself', { skip }, async t => {
  /** What the scheduler answers about jobs in a state. */
  let listOf: (state: string | null) => Answer | Promise<Answer> = () => jobs('b', 'a')
  let tasks: Answer = away
  let parts: object[] = []
  const console = await serveConsole(t, (path, query) => {
    if (path === '/status') return { body: { parts } }
    if (path === '/services/tasks/tasks') return tasks
    if (path !== '/services/scheduler/jobs') return { body: { kinds: [], alarms: [] } }
    return query.has('counts') ? { body: { jobs: [], nextCursor: null } } : listOf(query.get('state'))
  })
  const { page, faults } = await openPage(await openBrowser(t))
  await page.clock.install({ time: new Date().toISOString() })
  const bearer = await token('operator', { admin: true })
  await page.addInitScript(`sessionStorage.setItem('daybook.token', '${bearer}')`)
  await page.goto(`${console.url}/ui/jobs`)
  const row = (id: string) => page.locator(`tr[data-key="${id}"]`)
  const rows = () =>
    page.evaluate<string[]>("[...document.querySelectorAll('tr[data-key]')].map(row => row.dataset.key)")
  const button = (name: string) => page.getByRole('button', { name, exact: true })

  await t.test('new rows wait while the pointer is in it, and gone ones are marked', async t => {
    await row('a').hover()
    listOf = () => jobs('d', 'c', 'b')
    await console.tell([finished()])
    await button('Show 2 new, remove 1 gone').waitFor()
    t.strictSame(await rows(), ['b', 'a'])
    t.equal(await row('a').getAttribute('class'), 'gone')
    t.match(await row('a').innerText(), /no longer on this page/)
    await button('Show 2 new, remove 1 gone').click()
    await row('d').waitFor()
    t.strictSame(await rows(), ['d', 'c', 'b'])
  })

  await t.test('new rows wait while the focus is in it, and come when it leaves', async t => {
    await page.mouse.move(2, 2)
    await page.keyboard.press('j')
    listOf = () => jobs('e', 'd', 'c', 'b')
    await console.tell([finished()])
    await button('Show 1 new').waitFor()
    t.strictSame(await rows(), ['d', 'c', 'b'])
    await page.evaluate('document.activeElement.blur()')
    await row('e').waitFor()
  })

  await t.test(
    'a reading that fails leaves the rows, and is done again when the service is back',
    async t => {
      listOf = () => away
      await console.tell([finished()])
      await page.locator('.strip').getByText('the jobs.', { exact: false }).waitFor()
      t.strictSame(await rows(), ['e', 'd', 'c', 'b'])
      listOf = () => jobs('f')
      await row('f').waitFor()
      await page.locator('.strip').waitFor({ state: 'hidden' })
    },
  )

  await t.test('an answer that comes after a newer question is not shown', async t => {
    const late = Promise.withResolvers<Answer>()
    listOf = state => (state === 'failed' ? late.promise : jobs('now'))
    const asked = () => console.asked.some(url => url.includes('state=failed'))
    await page.getByRole('link', { name: 'failed' }).click()
    await until('the failed jobs are asked for', asked)
    await page.getByRole('link', { name: 'waiting' }).click()
    await row('now').waitFor()
    late.resolve(jobs('too-late'))
    await page.evaluate('new Promise(resolve => requestAnimationFrame(resolve))')
    t.strictSame(await rows(), ['now'])
  })

  await t.test('a hidden page reads nothing, and reads when it is shown', async t => {
    const readings = async () => {
      // The server has had all earlier requests when it has this one.
      await page.evaluate("fetch('/status').then(answer => answer.text())")
      return console.asked.filter(url => url.startsWith('/services/')).length
    }
    await page.evaluate(setHidden(true))
    // Events that came before may lead to a reading yet.
    await page.clock.runFor(4000)
    const before = await readings()
    await console.tell([finished()])
    // Less than the silence after which the stream is opened anew.
    for (let i = 0; i < 7; i += 1) await page.clock.runFor(5000)
    t.equal(await readings(), before)
    listOf = () => jobs('at last')
    await page.evaluate(setHidden(false))
    await row('at last').waitFor()
  })

  await t.test('what could not be read is read when the gateway says that the service is back', async t => {
    await page.goto(`${console.url}/ui/history?user=bob&q=plants`)
    await page.getByText('Cannot read the tasks.').waitFor()
    tasks = { body: { tasks: [], nextCursor: null } }
    parts = [{ name: 'tasks', state: 'ok', since: '', answeredAt: '2999-01-01T00:00:00Z' }]
    await page.clock.runFor(10_000)
    await page.getByText('bob has no task', { exact: false }).waitFor()
    t.strictSame(faults, [])
  })
})
