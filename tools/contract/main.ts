// `npm run contract` writes docs/schemas, docs/asyncapi.json and the tables of docs/events.md and docs/jobs.md from the schemas
// in shared/src/events, and the types of @daybook/client from the routes of the services. `npm run contract -- --check` fails when
// they differ, and names the files. Both refuse a change of a published version that breaks readers.
import { fileURLToPath } from 'node:url'
import { asyncApi } from '../../shared/src/contract/async-api.ts'
import { forOtherTeams, forWorkers } from '../../shared/src/contract/published.ts'
import { type GeneratedPages, withGeneratedPart, writeOrCheck } from '../generated-pages.ts'
import { clientTypes } from '../openapi/client-types.ts'
import { documentOf, serviceNames } from '../openapi/documents.ts'
import { eventTables, jsonText, schemaFiles } from './document.ts'
import { brokenSchemas, MAKE_A_VERSION } from './published-before.ts'

const docs = new URL('../../docs/', import.meta.url)
const pages: GeneratedPages = new Map()
for (const [name, published] of [
  ['events.md', forOtherTeams],
  ['jobs.md', forWorkers],
] as const) {
  const page = new URL(name, docs)
  pages.set(page, await withGeneratedPart(page, 'contract', eventTables(published)))
}
const schemas = schemaFiles()
for (const [name, text] of schemas) pages.set(new URL(`schemas/${name}`, docs), text)
pages.set(new URL('asyncapi.json', docs), jsonText(asyncApi()))
const types = new URL('../../shared/client/src/generated/', import.meta.url)
for (const service of serviceNames) {
  pages.set(new URL(`${service}.ts`, types), await clientTypes(await documentOf(service)))
}

const broken = await brokenSchemas(fileURLToPath(new URL('..', docs)), schemas)
if (broken.length === 0) await writeOrCheck(pages, 'contract')
else {
  process.stderr.write(`${broken.join('\n')}\n${MAKE_A_VERSION}\n`)
  process.exitCode = 1
}
