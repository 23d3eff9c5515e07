import { globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'
import { ROOT } from '../../local/paths.ts'

type Package = { link?: true; resolved?: string }

const read = (file: string) => readFile(join(ROOT, file), 'utf8')
const dockerfile = await read('deploy/docker/Dockerfile')
const { packages }: { packages: Record<string, Package> } = JSON.parse(await read('package-lock.json'))
const { dependencies } = JSON.parse(await read('services/console/package.json'))

test('the image has the packages that npm installs beside a service instead of at the root', async t => {
  const beside = /^(?:services\/(?!console\/)[^/]+|shared)\/node_modules(?=\/)/
  const folders = new Set(Object.keys(packages).flatMap(path => beside.exec(path) ?? []))
  t.ok(folders.size > 0, 'there are such packages')
  for (const folder of folders)
    t.ok(dockerfile.includes(`\nCOPY --from=dependencies /daybook/${folder} ${folder}\n`), folder)
})

test('the package of the console names each package that its sources import', async t => {
  const files = globSync('services/console/{src/**/*.{ts,tsx},build.ts}', { cwd: ROOT })
  const sources = await Promise.all(files.map(read))
  const imports = sources.flatMap(source => [
    ...source.matchAll(/(?:from |import |import\()'((?:@[^/']+\/)?[^./':][^/':]*)(?=[/'])/g),
  ])
  const names = new Set(imports.map(([, name = '']) => name))
  t.ok(names.has('preact'))
  for (const name of names) t.ok(name in dependencies, name)
})

test('the stage that builds the console has the sources of the workspaces that it uses', async t => {
  const [, stage = ''] = dockerfile.split('AS console\n')
  const folders = Object.keys(dependencies).flatMap(name => {
    const { link, resolved } = packages[`node_modules/${name}`] ?? {}
    return link && resolved !== undefined ? [resolved] : []
  })
  t.ok(folders.length > 0)
  for (const folder of folders)
    t.ok(stage.split('\nFROM ')[0]?.includes(`\nCOPY ${folder} ${folder}\n`), folder)
})
