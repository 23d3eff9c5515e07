import { LONG } from '@daybook/shared/testing'
import t from 'tap'
import { noBrowser, openBrowser, openPage } from '../browser/open-browser.ts'
import { startConsole } from '../browser/start-console.ts'
import { startIssuer } from '../browser/start-issuer.ts'

const skip = (!LONG && 'npm run test:long runs it') || (await noBrowser())

t.test('a person signs in at an issuer, and comes back to the page', { skip }, async t => {
  const browser = await openBrowser(t)
  const issuer = await startIssuer(t, { sub: 'alice', zoneinfo: 'Asia/Tokyo' })
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
  t.strictSame(faults, [])
})
