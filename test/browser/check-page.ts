import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PACKAGES } from './install.ts'
import type { Page } from './types.ts'

interface Violation {
  id: string
  nodes: { html: string; failureSummary: string }[]
}

/** Lets axe-core look at a page. @returns a line for each violation of accessibility */
export async function violationsOn(page: Page): Promise<string[]> {
  const axe = await readFile(join(PACKAGES, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8')
  await page.evaluate(`${axe}; undefined`)
  const { violations } = await page.evaluate<{ violations: Violation[] }>('axe.run()')
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(node => `${id}: ${node.html} ${node.failureSummary}`),
  )
}

/** How many pixels of a page are beyond its width. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
