import type { Test } from 'tap'
import { installBrowser, load } from './install.ts'
import type { Browser, ContextOptions, Page, Playwright } from './types.ts'

let reason: string | undefined
let launched: Promise<Browser | undefined> | undefined

// Not when the module is loaded: a browser that no test uses would keep the process.
async function launch(): Promise<Browser | undefined> {
  try {
    const options = await installBrowser()
    const { chromium } = await load<Playwright>('playwright-core/index.mjs')
    return await chromium.launch(options)
  } catch (error) {
    reason = (error as Error).message.split('\n')[0]
    return undefined
  }
}

/** Why no browser can be used on this machine; false when one can, which `openBrowser` then returns. */
export async function noBrowser(): Promise<string | false> {
  launched ??= launch()
  return (await launched) === undefined && `no browser: ${reason}`
}

/** The browser of this test file, which is closed at the end. */
export async function openBrowser(t: Pick<Test, 'teardown'>): Promise<Browser> {
  const browser = await launched
  if (browser === undefined) throw new Error(reason)
  t.teardown(() => browser.close())
  return browser
}

/** A page, and what went wrong in it: errors of scripts, and what the Content-Security-Policy has blocked. */
export interface WatchedPage {
  page: Page
  faults: string[]
}

/** Opens a page in a session of its own. */
export async function openPage(browser: Browser, options: ContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ locale: 'en-US', reducedMotion: 'reduce', ...options })
  return watched(await context.newPage())
}

/** Watches a page for faults. */
export function watched(page: Page): WatchedPage {
  const faults: string[] = []
  page.on('pageerror', (error: Error) => faults.push(error.stack ?? error.message))
  page.on('console', (message: { type: () => string; text: () => string }) => {
    const text = message.text()
    // The browser logs each answer that is no success, which may be what the test wants.
    if (message.type() === 'error' && !text.startsWith('Failed to load resource')) faults.push(text)
  })
  return { page, faults }
}
