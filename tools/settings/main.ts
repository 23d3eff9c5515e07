// `npm run settings` writes the table of docs/operations.md from the schemas by which the services read their settings;
// `npm run settings -- --check` says whether it is out of step with them, and then fails.
import { withMadePart, writeOrCheck } from '../pages.ts'
import { settingsTable } from './settings-table.ts'

const operations = new URL('../../docs/operations.md', import.meta.url)
const page = await withMadePart(operations, 'settings', settingsTable())
await writeOrCheck(new Map([[operations, page]]), 'settings')
