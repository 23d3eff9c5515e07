import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { memoryLog } from '@daybook/shared/testing'
import t, { type Test } from 'tap'
import { type DayFiles, openLogFiles } from '../../src/logs/log-files.ts'
import { agedFiles } from '../../src/old-days/aged-files.ts'
import type { LogAgeStore, LogAges } from '../../src/old-days/log-ages-store.ts'
import { startTidying, tidy } from '../../src/old-days/tidy.ts'

const TIME_LIMIT = 60_000
const NOW = new Date('2026-11-26T10:00:00Z')

/** The record of old days, in memory. */
function memoryAges(): LogAgeStore & { known: LogAges } {
  const known = { removedThrough: '', compressedThrough: '', tidiedThrough: '', renamedOn: '' }
  return {
    known,
    read: async () => ({ ...known }),
    async advance(field, day) {
      if (day > known[field]) known[field] = day
    },
  }
}

/** Nobody has a name that earlier versions wrote differently. */
const noNames = { async *since() {} }

const user = (day: string, userId = 'alice', text = `${day}\n`): DayFiles => ({
  ...{ day, userId, log: text, tasks: new Map([['1.log', text]]) },
})

/** A folder with some days, and the function that tidies it. */
async function makeDays(t: Test, ...days: string[]) {
  const root = t.testdir()
  const target = await openLogFiles(root)
  const ages = memoryAges()
  const aged = agedFiles(target, ages)
  const files = { ...aged, write: (...written: DayFiles[]) => aged.write(written, TIME_LIMIT) }
  for (const failure of await files.write(...days.map(day => user(day)))) if (failure) throw failure
  const { log } = memoryLog()
  const mayTidy = async () => true
  const steps = { retention: 0, gzipAfter: 0, mayTidy, files: target, ages, formerNames: noNames, log }
  const list = async (...names: string[]) => (await readdir(join(root, ...names))).sort()
  return {
    ...{ root, files, ages, list },
    tidy: (settings: Partial<typeof steps>, now = NOW) => tidy({ ...steps, ...settings }, now),
  }
}

t.test('files of days that are older than the setting are removed, and no others', async t => {
  const { tidy, list, files, ages } = await makeDays(t, '2020-01-01', '2026-11-24', '2026-11-25')
  await tidy({})
  t.strictSame(await list(), ['.tmp', '2020-01-01', '2026-11-24', '2026-11-25'], '0 is for ever')
  await tidy({ retention: 1 })
  t.strictSame(await list(), ['.tmp', '2026-11-25'])
  t.strictSame(await list('.tmp'), [])

  t.strictSame(await files.write(user('2020-01-01'), user('2026-11-25', 'bob')), [undefined, undefined])
  t.strictSame(await list(), ['.tmp', '2026-11-25'], 'a removed day is not written again')
  t.match(await list('2026-11-25'), ['alice', 'alice.log', 'bob', 'bob.log'])
  t.equal(ages.known.removedThrough, '2026-11-24')
})

t.test('files of old days are compressed, and written compressed from then on', async t => {
  const [old, young] = ['2026-11-20', '2026-11-25']
  const { tidy, list, files, ages } = await makeDays(t, old, young)
  await tidy({ gzipAfter: 3 })
  t.strictSame(await list(old), ['alice', 'alice.log.gz'])
  t.strictSame(await list(old, 'alice'), ['1.log.gz'])
  t.strictSame(await list(young), ['alice', 'alice.log'])
  t.strictSame(await list('.tmp'), [])
  t.equal(String(await files.read(old, 'alice')), `${old}\n`)

  await files.write(user(old, 'alice', 'amended\n'), user(old, 'bob'))
  t.strictSame(await list(old), ['alice', 'alice.log.gz', 'bob', 'bob.log.gz'])
  t.equal(String(await files.read(old, 'alice')), 'amended\n')
  t.strictSame((await files.names(old)).sort(), ['alice', 'alice.log', 'bob', 'bob.log'])
  t.equal(ages.known.tidiedThrough, old)
})

t.test('compressing can stop after any step, and goes on from there', async t => {
  const day = '2026-11-20'
  const { tidy, list, files, ages } = await makeDays(t)
  await files.write(...Array.from({ length: 150 }, (_, i) => user(day, `user-${i}`)))
  let left = 1
  await tidy({ gzipAfter: 1, mayTidy: async () => left-- > 0 })
  t.equal(ages.known.tidiedThrough, '')
  const isPlain = (name: string) => name.endsWith('.log')
  const plain = (await list(day)).filter(isPlain).length
  t.ok(plain < 150, 'the first step is done')
  await tidy({ gzipAfter: 1 })
  t.strictSame((await list(day)).filter(isPlain), [])
  for (const i of [0, 75, 149]) t.equal(String(await files.read(day, `user-${i}`)), `${day}\n`)
})

t.test('a compressed file of a writer is kept, and the older plain file removed', async t => {
  const day = '2026-11-20'
  const { root, tidy, list, files, ages } = await makeDays(t)
  await ages.advance('compressedThrough', day)
  await files.write(user(day, 'alice', 'new\n'))
  await writeFile(join(root, day, 'alice.log'), 'left by a process that was killed\n')
  await tidy({ gzipAfter: 1 })
  t.strictSame(await list(day), ['alice', 'alice.log.gz'])
  t.equal(String(await files.read(day, 'alice')), 'new\n')
})

t.test('a damaged compressed file is read as it is', async t => {
  const day = '2026-11-20'
  const { root, tidy, files } = await makeDays(t, day)
  await tidy({ gzipAfter: 1 })
  const path = join(root, day, 'alice.log.gz')
  for (const damaged of [Buffer.from('damaged'), (await readFile(path)).subarray(0, -4)]) {
    await writeFile(path, damaged)
    t.strictSame(await files.read(day, 'alice'), damaged)
    t.strictSame((await files.readAll(day, 'alice')).log, damaged)
  }
})

t.test('a stop does not wait for the removal of a large day', async t => {
  const { root } = await makeDays(t, '2020-01-01')
  const began = Promise.withResolvers<void>()
  const files = {
    ...(await openLogFiles(root)),
    removeDay() {
      began.resolve()
      return new Promise<void>(() => undefined)
    },
  }
  const stopping = new AbortController()
  const mayTidy = async () => true
  const { log } = memoryLog()
  const deps = { files, ages: memoryAges(), formerNames: noNames, retention: 1, gzipAfter: 0, mayTidy, log }
  const tidying = startTidying(deps, { signal: stopping.signal, fail: error => void t.fail(error.message) })
  await began.promise
  stopping.abort()
  await tidying.stop()
  t.pass('it stops')
})

t.test('what becomes old while it is written is written again as its age asks', async t => {
  const day = '2026-11-20'
  const { root, ages, list } = await makeDays(t)
  const target = await openLogFiles(root)
  const meanwhile: (() => Promise<void>)[] = [
    () => ages.advance('compressedThrough', day),
    async () => undefined,
  ]
  const files = agedFiles(
    {
      ...target,
      async write(days, timeLimit) {
        const failures = await target.write(days, timeLimit)
        await meanwhile.shift()?.()
        return failures
      },
    },
    ages,
  )
  await files.write([user(day)], TIME_LIMIT)
  t.strictSame(await list(day), ['alice', 'alice.log.gz'])
  meanwhile.push(() => ages.advance('removedThrough', day))
  await files.write([user(day, 'bob')], TIME_LIMIT)
  t.strictSame(await list(day), ['alice', 'alice.log.gz'], 'what was written for bob is gone')
})
