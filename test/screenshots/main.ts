// `npm run screenshots` takes a screenshot of each page of the console for docs/screenshots. It needs no server: what the services
// would answer is in fixtures.ts. The same pages give the same bytes.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SignJWT } from 'jose'
import { ensureConsole } from '../../services/console/build.ts'
import { installBrowser, load } from '../browser/install.ts'
import type { Browser, ContextOptions, Page, Playwright } from '../browser/types.ts'
import { answerFrom } from './answer.ts'
import { NOW } from './fixtures.ts'
import { letterPath } from './jobs.ts'

// All requests are answered here. Browsers give pages of this host what they give pages with TLS.
const ORIGIN = 'http://127.0.0.1:3000'
const FOLDER = join(import.meta.dirname, '../../docs/screenshots')
const WIDE = { width: 1100, height: 820 }
const TALL = { width: 1100, height: 1300 }
const BETWEEN_MS = 200
const NARROW = { width: 360, height: 740 }

interface Shot extends ContextOptions {
  name: string
  path: string
  /** Whether a person is signed in; the default is true. */
  isSignedIn?: boolean
  /** Whether the person is an operator. */
  isOperator?: boolean
}

const shots: Shot[] = [
  { name: 'sign-in', path: '/ui/', isSignedIn: false },
  { name: 'today', path: '/ui/today' },
  { name: 'today-dark', path: '/ui/today', colorScheme: 'dark' },
  { name: 'today-narrow', path: '/ui/today', viewport: NARROW },
  { name: 'days', path: '/ui/days/2026-11-25' },
  { name: 'jobs', path: '/ui/jobs', isOperator: true },
  { name: 'job', path: '/ui/jobs/invoice-4711', isOperator: true, viewport: TALL },
  { name: 'job-kinds', path: '/ui/jobs?view=kinds', isOperator: true },
  { name: 'job-workers', path: '/ui/jobs?view=workers', isOperator: true },
  { name: 'dead-letters', path: '/ui/dead-letters', isOperator: true },
  { name: 'dead-letter', path: letterPath, isOperator: true, viewport: TALL },
  { name: 'now', path: '/ui/now', isOperator: true },
  { name: 'now-part', path: '/ui/now/scheduler', isOperator: true },
  { name: 'stream', path: '/ui/stream', isOperator: true },
  {
    name: 'history',
    path: '/ui/history/01a21515-0000-7000-8000-000000000007',
    isOperator: true,
    viewport: TALL,
  },
  { name: 'trace', path: '/ui/history?trace=4bf92f3577b34da6a3ce929d0e0e4736', isOperator: true },
  { name: 'schedules', path: '/ui/schedules', isOperator: true },
  { name: 'schedule', path: '/ui/schedules/weekly-report', isOperator: true, viewport: TALL },
  { name: 'schedule-change', path: '/ui/schedules/weekly-report/change', isOperator: true, viewport: TALL },
  { name: 'runs', path: '/ui/runs', isOperator: true },
  { name: 'run', path: '/ui/runs/2026-11-26/Europe%2FBerlin', isOperator: true },
]

/** A token that the console accepts: nothing verifies it. */
const tokenOf = (isOperator: boolean) =>
  new SignJWT({ zoneinfo: 'Europe/Berlin', ...(isOperator ? { scope: 'admin' } : {}) })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(isOperator ? 'operator' : 'alice')
    .setExpirationTime(new Date('2026-12-31T00:00:00Z'))
    .sign(new Uint8Array(32))

/** The image of a page to which nothing more comes: two in a row are equal. A page reads several things. */
async function settled(page: Page): Promise<Buffer> {
  let before = await page.screenshot()
  for (;;) {
    await new Promise(resolve => setTimeout(resolve, BETWEEN_MS))
    const image = await page.screenshot()
    if (image.equals(before)) return image
    before = image
  }
}

async function take(browser: Browser, dist: string, shot: Shot): Promise<void> {
  const { name, path, isSignedIn = true, isOperator = false, ...options } = shot
  const token = await tokenOf(isOperator)
  const context = await browser.newContext({
    ...{ locale: 'en-US', timezoneId: 'Europe/Berlin', viewport: WIDE, reducedMotion: 'reduce' },
    ...options,
  })
  const page = await context.newPage()
  await page.clock.setFixedTime(NOW)
  await page.route(/.*/, answerFrom(dist))
  if (isSignedIn) await page.addInitScript(`sessionStorage.setItem('daybook.token', '${token}')`)
  await page.goto(ORIGIN + path)
  await page
    .locator(isSignedIn ? '.tasks, .page .data, .events, .facts' : '.sign-in form')
    .first()
    .waitFor()
  await page.locator('.loading').first().waitFor({ state: 'detached' })
  await writeFile(join(FOLDER, `${name}.png`), await settled(page))
  await context.close()
}

const [dist, options] = await Promise.all([ensureConsole(), installBrowser()])
const { chromium } = await load<Playwright>('playwright-core/index.mjs')
const browser = await chromium.launch(options)
await mkdir(FOLDER, { recursive: true })
for (const shot of shots) await take(browser, dist, shot)
await browser.close()
console.log(`${shots.length} screenshots are in docs/screenshots`)
