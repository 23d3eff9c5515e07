import { readFile, writeFile } from 'node:fs/promises'

/** Pages that are made, wholly or in part, of what the code says. */
export type Pages = Map<URL, string>

/**
 * A page of docs/ with its made part replaced, which stands between two comments.
 * @param command the npm script that makes it, as the first comment says
 * @throws Error when the page lacks the comments
 */
export async function withMadePart(path: URL, command: string, part: string): Promise<string> {
  const [begin, end] = [`<!-- begin: npm run ${command} -->`, '<!-- end -->']
  const page = await readFile(path, 'utf8')
  const [before, rest] = page.split(begin)
  const [, after] = rest?.split(end) ?? []
  if (before === undefined || after === undefined)
    throw new Error(`${path.pathname} lacks ${begin} or ${end}`)
  return `${before}${begin}\n\n${part}\n\n${end}${after}`
}

/** Writes the pages; or, called with --check, says which are out of step with the code, and has the process fail. */
export async function writeOrCheck(pages: Pages, command: string): Promise<void> {
  for (const [path, text] of pages) {
    if (!process.argv.includes('--check')) await writeFile(path, text)
    else if ((await readFile(path, 'utf8').catch(() => '')) !== text) {
      process.stderr.write(`${path.pathname} is out of step with the code: npm run ${command}\n`)
      process.exitCode = 1
    }
  }
}
