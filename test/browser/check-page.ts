import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PACKAGES } from './install.ts'
import type { Page } from './types.ts'

interface Violation {
  id: string
  nodes: { html: string; failureSummary: string }[]
}

/**
 * Lets axe-core look at a page, with the dialog that is open in it.
 * @returns a line for each violation of accessibility
 */
export const violationsOn = (page: Page): Promise<string[]> => violationsOf(page, '{}')

/** What `violationsOn` finds, and the contrasts in dark colours, which is all that is other in them. */
export async function violationsInAllColours(page: Page): Promise<string[]> {
  const found = await violationsOn(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  const inDark = await violationsOf(page, "{ runOnly: { type: 'rule', values: ['color-contrast'] } }")
  await page.emulateMedia({ colorScheme: 'light' })
  return [...found, ...inDark.map(line => `in dark colours: ${line}`)]
}

async function violationsOf(page: Page, options: string): Promise<string[]> {
  const axe = await readFile(join(PACKAGES, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8')
  await page.evaluate(`${axe}; undefined`)
  const { violations } = await page.evaluate<{ violations: Violation[] }>(`axe.run(${options})`)
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(node => `${id}: ${node.html} ${node.failureSummary}`),
  )
}

/** How many pixels of a page are beyond its width. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
