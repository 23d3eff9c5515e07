// `npm run contract` writes docs/schemas and the tables of docs/events.md from the schemas in shared/src/events.
// `npm run contract -- --check` fails when they differ, and names the files.
import { type GeneratedPages, withGeneratedPart, writeOrCheck } from '../generated-pages.ts'
import { eventTables, schemaFiles } from './document.ts'

const docs = new URL('../../docs/', import.meta.url)
const events = new URL('events.md', docs)
const pages: GeneratedPages = new Map([[events, await withGeneratedPart(events, 'contract', eventTables())]])
for (const [name, text] of schemaFiles()) pages.set(new URL(`schemas/${name}`, docs), text)
await writeOrCheck(pages, 'contract')
