import t from 'tap'
import { page } from '../browser.ts'

page.search = '?q=a%20b&utc=1'
const shown: string[] = []
const note = (_: unknown, __: string, address: string) => shown.push(address)
Object.assign(globalThis, { history: { replaceState: note, pushState: note } })
const { go, query } = await import('../../src/address/address.ts')
const { inUtc } = await import('../../src/preferences/preferences.ts')
const { shownZone } = await import('../../src/time/zone.ts')

t.test(
  'a link shows times in UTC, which stays in the address and is no preference of the browser',
  async t => {
    t.equal(shownZone.value, 'UTC')
    t.equal(query.value.toString(), 'q=a+b', 'the pages do not see it')
    t.equal(window.localStorage.getItem('daybook.preferences'), null)
    go('/jobs?state=failed')
    t.equal(shown.at(-1), '/ui/jobs?state=failed&utc=1')
    go('/today')
    t.equal(shown.at(-1), '/ui/today?utc=1')
  },
)

t.test('a choice is stored, and the address follows it', async t => {
  page.href = 'http://daybook/ui/today?utc=1'
  inUtc.value = false
  t.equal(shown.at(-1), '/ui/today')
  t.match(window.localStorage.getItem('daybook.preferences'), '"utc":false')
  page.href = 'http://daybook/ui/today'
  inUtc.value = true
  t.equal(shown.at(-1), '/ui/today?utc=1')
})
