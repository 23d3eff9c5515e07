// `npm run contract` writes docs/schemas and the tables of docs/events.md from the schemas in shared/src/events;
// `npm run contract -- --check` says what is out of step with them, and then fails.

import { type Pages, withMadePart, writeOrCheck } from '../pages.ts'
import { eventTables, schemaFiles } from './document.ts'

const docs = new URL('../../docs/', import.meta.url)
const events = new URL('events.md', docs)
const pages: Pages = new Map([[events, await withMadePart(events, 'contract', eventTables())]])
for (const [name, text] of schemaFiles()) pages.set(new URL(`schemas/${name}`, docs), text)
await writeOrCheck(pages, 'contract')
