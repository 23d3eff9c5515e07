// `npm run settings` writes the table of settings in docs/operations.md from the schemas by which the services validate their
// environment. `npm run settings -- --check` fails when the table differs from them.
import { withGeneratedPart, writeOrCheck } from '../generated-pages.ts'
import { settingsTable } from './settings-table.ts'

const operations = new URL('../../docs/operations.md', import.meta.url)
const page = await withGeneratedPart(operations, 'settings', settingsTable())
await writeOrCheck(new Map([[operations, page]]), 'settings')
