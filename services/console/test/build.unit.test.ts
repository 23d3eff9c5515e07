import { readdir, readFile, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import t from 'tap'
import { ensureConsole } from '../build.ts'

const BUDGET = 120_000

const dist = await ensureConsole()
const assets = await readdir(join(dist, 'assets'))
const read = (name: string) => readFile(join(dist, 'assets', name))

t.test('the JavaScript of the console is at most 120 kB, compressed', async t => {
  const scripts = await Promise.all(assets.filter(name => name.endsWith('.js')).map(read))
  const size = scripts.reduce((sum, script) => sum + gzipSync(script, { level: 9 }).length, 0)
  t.ok(scripts.length > 0)
  t.ok(size <= BUDGET, `${size} bytes`)
})

t.test('the page has no inline script or style, and loads nothing from other hosts', async t => {
  const page = await readFile(join(dist, 'index.html'), 'utf8')
  t.notMatch(page, /<script(?![^>]* src=)|<style|style=/)
  t.strictSame(
    [...page.matchAll(/(?:src|href)="([^"]*)"/g)].filter(([, url = '']) => !url.startsWith('/ui/')),
    [],
  )
})

t.test('the console is built again only when a source is newer', async t => {
  const built = async () => (await stat(join(dist, 'index.html'))).mtimeMs
  const before = await built()
  await ensureConsole()
  t.equal(await built(), before)
})

t.test('two builds at the same time leave one complete console, in the place of an old one', async t => {
  const folder = t.testdir({ dist: { 'index.html': 'old', assets: { 'old.js': '' } } })
  const into = join(folder, 'dist')
  await utimes(join(into, 'index.html'), 0, 0)
  await Promise.all([ensureConsole(into), ensureConsole(into)])
  t.strictSame(await readdir(folder), ['dist'])
  t.strictSame(await readdir(join(into, 'assets')), assets)
  t.equal(await readFile(join(into, 'index.html'), 'utf8'), await readFile(join(dist, 'index.html'), 'utf8'))
  t.equal((await stat(into)).mode & 0o777, 0o755)
})
