// `npm run contract` writes docs/schemas and the tables of docs/events.md from the schemas in shared/src/events;
// `npm run contract -- --check` says what is out of step with them, and then fails.
import { readFile, writeFile } from 'node:fs/promises'
import { eventTables, schemaFiles } from './document.ts'

const docs = new URL('../../docs/', import.meta.url)
const [begin, end] = ['<!-- begin: npm run contract -->', '<!-- end -->']

async function withTables(path: URL): Promise<string> {
  const page = await readFile(path, 'utf8')
  const [before, rest] = page.split(begin)
  const [, after] = rest?.split(end) ?? []
  if (before === undefined || after === undefined)
    throw new Error(`${path.pathname} lacks ${begin} or ${end}`)
  return `${before}${begin}\n\n${eventTables()}\n\n${end}${after}`
}

const events = new URL('events.md', docs)
const wanted = new Map([[events, await withTables(events)]])
for (const [name, text] of schemaFiles()) wanted.set(new URL(`schemas/${name}`, docs), text)

for (const [path, text] of wanted) {
  if (!process.argv.includes('--check')) await writeFile(path, text)
  else if ((await readFile(path, 'utf8').catch(() => '')) !== text) {
    process.stderr.write(`${path.pathname} is out of step with the schemas: npm run contract\n`)
    process.exitCode = 1
  }
}
