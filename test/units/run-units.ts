import { globSync } from 'node:fs'
import { join } from 'node:path'
import tap from 'tap'

const root = join(import.meta.dirname, '..', '..')

/**
 * Runs the unit tests of a folder in this process, one after the other. In processes of their own, most of their time would go into
 * loading the same modules.
 */
export async function runUnits(folder: string): Promise<void> {
  // The time limit of a file is that of all its tests here.
  tap.setTimeout(0)
  const exclude = ['**/node_modules/**', 'services/console/**', 'test/simulation/**']
  for (const file of globSync(`${folder}/**/*.unit.test.ts`, { cwd: root, exclude }).sort())
    await import(join(root, file))
}
