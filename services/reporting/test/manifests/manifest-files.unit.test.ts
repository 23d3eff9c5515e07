import { appendFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { timeZones } from '@daybook/shared/time/days'
import t from 'tap'
import { type Manifests, manifestFiles, manifestPath } from '../../src/manifests/manifest-files.ts'

const DAY = { day: '2026-11-22', timeZone: 'America/New_York' }

async function* each(...lines: string[]) {
  yield* lines
}

async function linesOf(manifests: Manifests, of = DAY): Promise<string[] | undefined> {
  const lines = await manifests.read(of)
  return lines && (await Array.fromAsync(lines))
}

t.test('a manifest is below the folder of its day, under the name of its time zone', async t => {
  const root = t.testdir()
  const manifests = manifestFiles(root)
  t.equal(await linesOf(manifests), undefined)
  t.equal(await manifests.create(DAY, each('one', 'two')), true)
  t.equal(await readFile(join(root, '.manifests/2026-11-22/America_New_York.ndjson'), 'utf8'), 'one\ntwo\n')
  t.strictSame(await linesOf(manifests), ['one', 'two'])
  t.strictSame(await readdir(join(root, '.tmp')), [])
})

t.test('no two time zones have the same manifest, on file systems that ignore case too', async t => {
  const names = new Set(timeZones.map(timeZone => manifestPath({ ...DAY, timeZone }).toLowerCase()))
  t.equal(names.size, timeZones.length)
})

t.test('a manifest that exists is not replaced, and can be removed', async t => {
  const manifests = manifestFiles(t.testdir())
  await manifests.create(DAY, each('one'))
  t.equal(await manifests.create(DAY, each('two')), false)
  t.strictSame(await linesOf(manifests), ['one'])
  await manifests.remove(DAY)
  await manifests.remove(DAY)
  t.equal(await linesOf(manifests), undefined)
})

t.test('of many processes that make a manifest at the same time, one makes it', async t => {
  const root = t.testdir()
  const made = await Promise.all(
    Array.from({ length: 20 }, (_, i) => manifestFiles(root).create(DAY, each(`one of ${i}`))),
  )
  t.equal(made.filter(one => one).length, 1)
  t.strictSame(await linesOf(manifestFiles(root)), [`one of ${made.indexOf(true)}`])
})

t.test('a manifest whose lines cannot be made is absent', async t => {
  const root = t.testdir()
  const manifests = manifestFiles(root)
  const failing = async function* () {
    yield 'x'.repeat(1_000_000)
    throw new Error('MongoDB is away')
  }
  await t.rejects(manifests.create(DAY, failing()), { message: 'MongoDB is away' })
  t.equal(await linesOf(manifests), undefined)
  t.strictSame(await readdir(join(root, '.tmp')), [])
})

t.test('lines are appended to a manifest that exists, whole, by many processes at once', async t => {
  const root = t.testdir()
  t.equal(await manifestFiles(root).append(DAY, ['nothing']), false)
  t.equal(await linesOf(manifestFiles(root)), undefined)
  await manifestFiles(root).create(DAY, each('first'))
  const blocks = Array.from({ length: 10 }, (_, i) =>
    Array.from({ length: 500 }, (_, j) => `${i}.${j} ${'ü'.repeat(200)}`),
  )
  await Promise.all(blocks.map(lines => manifestFiles(root).append(DAY, lines)))
  const [first, ...lines] = (await linesOf(manifestFiles(root))) ?? []
  t.equal(first, 'first')
  t.strictSame(lines.sort(), blocks.flat().sort())
})

t.test('a line that was interrupted is left out, and does not damage the next one', async t => {
  const root = t.testdir()
  const manifests = manifestFiles(root)
  await manifests.create(DAY, each('first'))
  await appendFile(join(root, manifestPath(DAY)), '{"kind":"amend')
  t.strictSame(await linesOf(manifests), ['first'])
  await manifests.append(DAY, ['second'])
  t.strictSame(await linesOf(manifests), ['first', '{"kind":"amend', 'second'])
})

t.test('a line may contain every character but the end of a line', async t => {
  const manifests = manifestFiles(t.testdir())
  const line = 'a\r\u2028\u2029\u0085b\u000bc'
  await manifests.create(DAY, each(line, 'next'))
  t.strictSame(await linesOf(manifests), [line, 'next'])
})

t.test('what is in the way of a manifest is an error', async t => {
  const root = t.testdir()
  await mkdir(join(root, '.manifests'))
  await writeFile(join(root, '.manifests', DAY.day), '')
  await t.rejects(manifestFiles(root).create(DAY, each('one')), { code: 'EEXIST' })
})
