import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { execa } from 'execa'
import { type Test, test } from 'tap'
import { brokenSchemas } from '../../contract/published-before.ts'

/** Makes a repository with one commit for each state of its files. */
async function repository(t: Test, ...commits: Record<string, object>[]): Promise<string> {
  const root = t.testdir()
  const settings = ['-c', 'user.name=test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false']
  const git = (...args: string[]) => execa('git', [...settings, ...args], { cwd: root })
  await git('init', '--quiet')
  for (const files of commits) {
    for (const [path, schema] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true })
      await writeFile(join(root, path), JSON.stringify(schema))
    }
    await git('add', '--all')
    await git('commit', '--quiet', '--message', 'x')
  }
  return root
}

const path = 'docs/schemas/Moved.v1.json'
const moved = { type: 'object', required: ['to'], properties: { to: { type: 'string' } } }
const without = { type: 'object', properties: {} }
const files = (schema: object) => new Map([['Moved.v1.json', JSON.stringify(schema)]])

test('a compatible change of a published version passes', async t => {
  const root = await repository(t, { [path]: moved })
  const more = { ...moved, properties: { ...moved.properties, by: { type: 'string' } } }
  t.strictSame(await brokenSchemas(root, files(more)), [])
})

test('an incompatible change fails, whether it is committed or not', async t => {
  const faults = [
    /^docs\/schemas\/Moved\.v1\.json was published by commit \w+: data\/to is removed$/,
    /data\/to is not required any more/,
  ]
  t.match(await brokenSchemas(await repository(t, { [path]: moved }), files(without)), faults)
  const committed = await repository(t, { [path]: moved }, { [path]: without }, { 'README.md': {} })
  t.match(await brokenSchemas(committed, files(without)), faults)
})

test('a version that is removed fails, and a new version passes', async t => {
  const root = await repository(t, { [path]: moved })
  t.match(await brokenSchemas(root, new Map([['Moved.v2.json', '{}']])), [/its schema is gone/])
  t.strictSame(await brokenSchemas(root, files(moved).set('Moved.v2.json', '{}')), [])
})

test('a shallow clone is compared with the commits that it has', async t => {
  const root = await repository(t, { [path]: moved }, { [path]: without })
  const shallow = join(root, 'shallow')
  await execa('git', ['clone', '--quiet', '--depth', '1', `file://${root}`, shallow])
  t.strictSame(await brokenSchemas(shallow, files(without)), [])
  t.match(await brokenSchemas(shallow, files(moved)), [String])
})
