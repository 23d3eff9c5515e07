import { readFile, writeFile } from 'node:fs/promises'

/** The full text of each generated file, by its location. */
export type GeneratedPages = Map<URL, string>

/**
 * Reads a page of docs/ and replaces its generated part, which stands between two comments.
 * @param command the npm script that generates the part; the first comment names it
 * @returns the new text of the page
 * @throws Error when the page lacks one of the comments
 */
export async function withGeneratedPart(page: URL, command: string, part: string): Promise<string> {
  const [begin, end] = [`<!-- begin: npm run ${command} -->`, '<!-- end -->']
  const text = await readFile(page, 'utf8')
  const [before, rest] = text.split(begin)
  const [, after] = rest?.split(end) ?? []
  if (before === undefined || after === undefined)
    throw new Error(`${page.pathname} must contain ${begin} and ${end}, with the generated part between them`)
  return `${before}${begin}\n\n${part}\n\n${end}${after}`
}

/**
 * Writes the pages. With the argument --check it writes nothing: it names each page that differs from the code on stderr, and
 * sets the exit code to 1.
 * @param command the npm script that generates the pages
 */
export async function writeOrCheck(pages: GeneratedPages, command: string): Promise<void> {
  for (const [page, text] of pages) {
    if (!process.argv.includes('--check')) await writeFile(page, text)
    else if ((await readFile(page, 'utf8').catch(missingAsEmpty)) !== text) {
      process.stderr.write(
        `${page.pathname} differs from the code. Run npm run ${command} and commit the change\n`,
      )
      process.exitCode = 1
    }
  }
}

function missingAsEmpty(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return ''
  throw error
}
