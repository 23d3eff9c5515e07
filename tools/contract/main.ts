// `npm run contract` writes docs/schemas, docs/asyncapi.json and the tables of docs/events.md and docs/jobs.md from the schemas
// in shared/src/events. `npm run contract -- --check` fails when they differ, and names the files.
import { asyncApi } from '../../shared/src/contract/async-api.ts'
import { forOtherTeams, forWorkers } from '../../shared/src/contract/published.ts'
import { type GeneratedPages, withGeneratedPart, writeOrCheck } from '../generated-pages.ts'
import { eventTables, jsonText, schemaFiles } from './document.ts'

const docs = new URL('../../docs/', import.meta.url)
const pages: GeneratedPages = new Map()
for (const [name, published] of [
  ['events.md', forOtherTeams],
  ['jobs.md', forWorkers],
] as const) {
  const page = new URL(name, docs)
  pages.set(page, await withGeneratedPart(page, 'contract', eventTables(published)))
}
for (const [name, text] of schemaFiles()) pages.set(new URL(`schemas/${name}`, docs), text)
pages.set(new URL('asyncapi.json', docs), jsonText(asyncApi()))
await writeOrCheck(pages, 'contract')
