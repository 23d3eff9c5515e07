import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t from 'tap'

const root = fileURLToPath(new URL('../../../', import.meta.url))
// Outside of the repository, so that nothing of it is found from there.
const folder = await mkdtemp(join(tmpdir(), 'daybook-client-'))
t.teardown(() => rm(folder, { recursive: true }))

// tap sets NODE_OPTIONS for each program that a test starts, and its loader does not fit the compiler.
const run = (program: string, args: string[], cwd: string) =>
  promisify(execFile)('env', ['-u', 'NODE_OPTIONS', program, ...args], { cwd })

/** Packs a copy of the client, because packing changes its package.json for a moment, and installs it in an empty project. */
async function installed(): Promise<string> {
  const [copy, project] = [join(folder, 'repository'), join(folder, 'project')]
  for (const path of ['tsconfig.json', 'tools/pack', 'shared/client'])
    await cp(join(root, path), join(copy, path), { recursive: true })
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'))
  await run('npm', ['pack', '--pack-destination', folder], join(copy, 'shared/client'))
  const [tarball = ''] = (await readdir(folder)).filter(name => name.endsWith('.tgz'))
  await mkdir(project)
  await writeFile(join(project, 'package.json'), '{ "type": "module" }')
  await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', join(folder, tarball)], project)
  return project
}

const project = await installed()

t.test('the program in README.md compiles for Node and for browsers', async t => {
  const readme = await readFile(join(root, 'README.md'), 'utf8')
  const [, program = ''] = /^```ts\n(import [^`]*'@daybook\/client'\n.*?)^```$/ms.exec(readme) ?? []
  await writeFile(join(project, 'program.ts'), program)
  const page = program.replace('process.env.ALICE', `localStorage.getItem('token')`)
  await writeFile(join(project, 'page.ts'), page)
  const compile = (...args: string[]) =>
    run(
      join(root, 'node_modules/.bin/tsc'),
      ['--strict', '--noEmit', '--skipLibCheck', '--target', 'esnext', ...args],
      project,
    )
  const node = ['--types', 'node', '--typeRoots', join(root, 'node_modules/@types')]
  await t.resolves(compile('--module', 'nodenext', ...node, 'program.ts'))
  const browser = ['--module', 'preserve', '--lib', 'esnext,dom']
  await t.resolves(compile(...browser, 'page.ts'))
  const wrong = program.replace('name:', 'title:')
  await writeFile(join(project, 'wrong.ts'), wrong)
  await t.rejects(compile('--module', 'nodenext', ...node, 'wrong.ts'))
})

t.test('the package brings openapi-fetch and its types only', async t => {
  const packages = (await readdir(join(project, 'node_modules'))).filter(name => !name.startsWith('.'))
  t.strictSame(packages, ['@daybook', 'openapi-fetch', 'openapi-typescript-helpers'])
  const code = "import { tasksClient } from '@daybook/client'; console.log(typeof tasksClient)"
  t.equal((await run('node', ['--input-type=module', '-e', code], project)).stdout, 'function\n')
})
