import { LONG, until } from '@daybook/shared/testing'
import t from 'tap'
import { noBrowser, openBrowser, openPage } from '../browser/open-browser.ts'
import { startConsole } from '../browser/start-console.ts'
import { startIssuer } from '../browser/start-issuer.ts'

const skip = (!LONG && 'npm run test:long runs it') || (await noBrowser())

// Short enough that the session is renewed during the test.
const SECONDS = 15

t.test(
  'a person signs in at an issuer, comes back to the page, stays signed in, and signs out',
  { skip },
  async t => {
    const browser = await openBrowser(t)
    const { url: issuer, revoked } = await startIssuer(t, { sub: 'alice', zoneinfo: 'Asia/Tokyo' }, SECONDS)
    const running = await startConsole(t, {
      env: {
        AUTH_SECRET: '',
        AUTH_ISSUER: issuer,
        AUTH_JWKS_URL: `${issuer}/jwks`,
        OIDC_CLIENT_ID: 'console',
      },
    })
    const { page, faults } = await openPage(browser)
    await page.goto(`${running.gateway.url}/ui/days/2026-11-26`)
    await page.getByRole('button', { name: /sign in at/i }).click()
    await page.getByText('Days in Asia/Tokyo').waitFor()
    t.equal(page.url(), `${running.gateway.url}/ui/days/2026-11-26`)
    await page.goto(`${running.gateway.url}/ui/today`)
    await page.getByLabel('New task').fill('Signed in at the issuer')
    await page.keyboard.press('Enter')
    await page.getByText('Signed in at the issuer', { exact: true }).waitFor()
    await page.reload()
    await page.getByText('Signed in at the issuer', { exact: true }).waitFor()
    const tokenOf = () => page.evaluate<string>("sessionStorage.getItem('daybook.token')")
    for (let times = 0; times < 2; times += 1) {
      const before = await tokenOf()
      await until('the session is renewed', async () => (await tokenOf()) !== before)
    }
    await page.getByText('Signed in at the issuer', { exact: true }).waitFor()
    const refreshToken = await page.evaluate<string>("sessionStorage.getItem('daybook.refresh')")
    await page.locator('summary').first().click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByText('Sign in to see your tasks and days.').waitFor()
    await until('the issuer has forgotten the session', () => revoked.includes(refreshToken))
    t.strictSame(faults, [])
  },
)
