// `npm run tree` writes the tree of docs/architecture.md from the folders of the repository. `npm run tree -- --check` fails when
// the page differs from them, when a folder has no description, and when it has too many files.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { withGeneratedPart, writeOrCheck } from '../generated-pages.ts'
import { folders } from './folders.ts'
import { filesByFolder, problemsOf, treeTable } from './tree.ts'

const root = new URL('../../', import.meta.url)
const cwd = fileURLToPath(root)
// New files count before they are committed, and git still lists deleted ones.
const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd,
  encoding: 'utf8',
})
const files = filesByFolder(listed.split('\0').filter(path => path !== '' && existsSync(new URL(path, root))))
for (const problem of problemsOf(files, folders)) {
  process.stderr.write(`${problem}\n`)
  process.exitCode = 1
}
const page = new URL('docs/architecture.md', root)
await writeOrCheck(
  new Map([[page, await withGeneratedPart(page, 'tree', treeTable(files, folders))]]),
  'tree',
)
